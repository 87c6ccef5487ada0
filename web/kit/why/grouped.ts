/** "12345.60" inside a sentence → "12,345.60". */
export const grouped = (text: string): string =>
  text.replace(/(?<![\d.])\d{4,}\.\d{2}(?!\d)/g, (amount) => amount.replace(/\B(?=(\d{3})+\.)/g, ','));
