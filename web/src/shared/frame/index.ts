export { BareFrame } from './BareFrame';
export { FrameTools } from './FrameTools';
export { ReportProblem } from './ReportProblem';
export { UserMenu } from './UserMenu';
export { Wordmark } from './Wordmark';
