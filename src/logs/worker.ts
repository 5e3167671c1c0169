/** The thread's side: one job after the other, as they come. */
import { parentPort } from 'node:worker_threads';
import { doJob, type Job } from './job.ts';

parentPort?.on('message', async (job: Job) => {
  const answer = await doJob(job);
  if (answer.kind !== 'masked') {
    parentPort?.postMessage(answer);
    return;
  }
  // A copy of its own goes over; what lies in a pool shared with others cannot.
  const bytes = Uint8Array.from(answer.bytes);
  parentPort?.postMessage({ ...answer, bytes }, [bytes.buffer]);
});
