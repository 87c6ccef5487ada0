/** 26 × 32 mm at the resolution a chip has room for. */
const width = 104;
const height = 128;
const most_bytes = 4096;

/** A picture cut to the card's shape and made small enough for the chip: JPEG, base64. */
export async function chipPhoto(file: Blob): Promise<string> {
  const picture = await createImageBitmap(file);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const scale = Math.max(width / picture.width, height / picture.height);
  const [wide, high] = [picture.width * scale, picture.height * scale];
  canvas.getContext('2d')?.drawImage(picture, (width - wide) / 2, (height - high) / 2, wide, high);
  for (let quality = 0.9; quality > 0.05; quality -= 0.1) {
    const text = canvas.toDataURL('image/jpeg', quality).split(',')[1] ?? '';
    if ((text.length * 3) / 4 <= most_bytes) return text;
  }
  return canvas.toDataURL('image/jpeg', 0.02).split(',')[1] ?? '';
}
