/** Name of the function that SQLite is given for texts whose letters are not only those of ASCII. */
export const FOLD = 'limen_fold';

const ASCII = /^[\0-\x7f]*$/;

/** Lower case, letter by letter, so that no text becomes longer or depends on what stands beside a letter. */
export function foldCase(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  let folded = '';
  for (const letter of text) {
    const lower = letter.toLowerCase();
    folded += lower.length === letter.length ? lower : letter;
  }
  return folded;
}

/** SQLite's own `like` knows the letters of ASCII, which is all it takes to find a text of nothing else. */
export const needsFold = (text: string): boolean => !ASCII.test(text);
