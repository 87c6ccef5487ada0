/** The rows of a table written as text, cells apart by `|`; what does not begin with a cell is passed over. */
export const rows = (text: string): readonly (readonly string[])[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => line.split('|').map((cell) => cell.trim()));
