/** The school year of a day, named by the year in which it begins: 1 September to 31 August. */
export function schoolYear(day: Date): number {
  return day.getMonth() >= 8 ? day.getFullYear() : day.getFullYear() - 1;
}
