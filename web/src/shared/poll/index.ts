export { PollChart } from './PollChart';
export { inOrder } from './order';
export { isRight, share } from './tally';
export { useOptionWords } from './useOptionWords';
