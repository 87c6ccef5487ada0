import { useQuery } from '@tanstack/react-query';
import { fundColour } from '../../kit/theme/palette.ts';
import { useName } from '../../kit/words/language.ts';
import { booksQuery } from './books.ts';

/** The fund in its colour and by its name. */
export function FundTag({ book }: { book: string }) {
  const name = useName();
  const { data } = useQuery(booksQuery);
  const found = data?.items.find((item) => item.book === book);
  return (
    <span>
      <span className="fund-tick" style={{ background: fundColour(book) }} />
      {found ? name(found.name) : book}
    </span>
  );
}
