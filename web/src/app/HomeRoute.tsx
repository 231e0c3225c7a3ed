import { HomePage } from '@/features/home/routes/HomePage';
import { MyDocuments } from '@/features/overview/components/MyDocuments';
import { MyNotices } from '@/features/notice/components/MyNotices';
import { MyTasks } from '@/features/task/components/MyTasks';

/** The home page with what waits for this person: features that do not know each other. */
export function HomeRoute() {
  return <HomePage notices={<MyNotices />} tasks={<MyTasks />} documents={<MyDocuments />} />;
}
