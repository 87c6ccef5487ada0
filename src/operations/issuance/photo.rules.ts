/** Room for the photo on the chip (EF08, card.md 3.5). */
const most_bytes = 4096;

/** JPEG (FF D8 FF) or BMP ("BM"), as the card's photo file may hold it. */
export const isPhoto = (photo: Uint8Array): boolean =>
  photo.length <= most_bytes &&
  ((photo[0] === 0xff && photo[1] === 0xd8 && photo[2] === 0xff) || (photo[0] === 0x42 && photo[1] === 0x4d));
