/**
 * Joins a process to its supervisor: says when it is ready, stops when asked, and does not outlive a supervisor that
 * was killed (the IPC channel closes with it).
 */
export function serve(stop: () => Promise<void>): void {
  let stopping = false;
  const end = () => {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => process.exit(0),
      (fault: unknown) => {
        console.error(fault);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  process.on('disconnect', end);
  process.send?.('ready');
}
