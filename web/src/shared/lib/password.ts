/** What the server asks of a password (`model/src/password.rs`), told before sending so that nobody waits for a refusal. */
export const minPasswordLength = 8;

export function passwordFault(password: string): 'tooShort' | null {
  return Array.from(password).length < minPasswordLength ? 'tooShort' : null;
}
