import { InvalidArgumentError } from 'commander';

/** A port number given on the command line. */
export function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new InvalidArgumentError('a port is a number from 1 to 65535. 端口是 1 到 65535 的整数。');
  return port;
}
