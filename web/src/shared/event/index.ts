export { EventRow } from './EventRow';
export { eventsQuery, useStartNow } from './queries';
export { byStart, groupByDay, isOver } from './order';
