export { KitCode } from './KitCode';
export { kitQrQuery, kitTodayQuery } from './queries';
