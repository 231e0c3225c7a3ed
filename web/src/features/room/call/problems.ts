import { ApiError } from '@/shared/api';

/**
 * What can go wrong on the way into a call and within it, as codes. The words for each code are in the texts under
 * `problem.<code>.*`: what happened, what to do, and the button's label.
 */
export const DEVICE_KINDS = ['denied', 'denied_by_system', 'missing', 'busy', 'insecure', 'unsupported', 'failed'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];
export type DeviceProblem = `device.${DeviceKind}`;

/** Which words a code of a device has; undefined for a code of something else. */
export function deviceKind(code: string | undefined): DeviceKind | undefined {
  return DEVICE_KINDS.find((kind) => code === `device.${kind}`);
}

/** Names from the Media Capture specification, and the older names some browsers still give. */
export function deviceProblem(error: unknown): DeviceProblem {
  if (!(error instanceof Error)) return 'device.failed';
  switch (error.name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
      return /system/i.test(error.message) ? 'device.denied_by_system' : 'device.denied';
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
    case 'ConstraintNotSatisfiedError':
      return 'device.missing';
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'device.busy';
    case 'SecurityError':
    case 'InsecureContextError':
      return 'device.insecure';
    case 'NotSupportedError':
    case 'DeviceUnsupportedError':
      return 'device.unsupported';
    default:
      return 'device.failed';
  }
}

/** Media's own word for «you may not», which is no word of the browser about a device. */
export function refusedByServer(error: unknown): boolean {
  return error instanceof Error && error.name !== 'NotAllowedError' && /insufficient permissions|not allowed/i.test(error.message);
}

/** A failure of any kind as the application's own error; what is no answer of the server gets the code `unexpected`. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError({ status: 0, code: 'unexpected' });
}
