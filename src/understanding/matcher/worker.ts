/** The worker thread: collects the rows as they are sent, works, and tells. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Language } from '../../conversation/language.ts';
import type { LearnOptions } from './learn.ts';
import type { Row } from './rows.ts';
import { runAtOnce } from './steps.ts';
import { type RowsByLanguage, type Task, work } from './work.ts';

export type ToWorker = { readonly language: Language; readonly rows: readonly Row[] } | 'go';

const { task, options } = workerData as { task: Task; options: LearnOptions };
const rows: RowsByLanguage = { ja: [], en: [] };

parentPort?.on('message', (message: ToWorker) => {
  if (message !== 'go') {
    rows[message.language].push(...message.rows);
    return;
  }
  runAtOnce(work(task, rows, options, (result) => parentPort?.postMessage(result)));
  parentPort?.close();
});
