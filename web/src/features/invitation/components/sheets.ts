/** Two columns of five fill an A4 sheet. */
export const slipsPerSheet = 10;

export function sheetsOf<T>(slips: T[]): T[][] {
  const sheets: T[][] = [];
  for (let start = 0; start < slips.length; start += slipsPerSheet) sheets.push(slips.slice(start, start + slipsPerSheet));
  return sheets;
}
