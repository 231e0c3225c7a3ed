/** One line to paste into a messenger: what, when, where. */
export function invitationText(opening: string, title: string, when: string, link: string): string {
  return `${opening} «${title}», ${when}. ${link}`;
}
