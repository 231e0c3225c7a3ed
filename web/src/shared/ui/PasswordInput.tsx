import { PasswordInput as MantinePasswordInput, type PasswordInputProps } from '@mantine/core';

/** Mantine marks a refused password for the eye only; this one tells a screen reader too. */
export function PasswordInput(props: PasswordInputProps) {
  return <MantinePasswordInput aria-invalid={Boolean(props.error)} {...props} />;
}
