/** Which version of the FAQ, the dialogs and the desk's rules each process of the desk serves, side by side; where they differ, which ones. */
import type { ReactNode } from 'react';
import { useDeskState, useSay } from '../context.ts';
import type { ServingProcess } from '../model.ts';
import { oddOnes, type ServedFile } from '../serving.ts';
import { localeFor } from '../waiting.ts';
import { ShowDialog } from './ShowDialog.tsx';

export function ServingDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const say = useSay();
  const processes = useDeskState((state) => state.processes);
  const time = new Intl.DateTimeFormat(localeFor(say.language), { dateStyle: 'short', timeStyle: 'medium' });
  const odd = {
    faq: oddOnes(processes, 'faq'),
    dialogs: oddOnes(processes, 'dialogs'),
    rules: oddOnes(processes, 'rules'),
  };
  const cell = (process: ServingProcess, what: ServedFile) => (
    <td data-odd={odd[what].has(process.name)}>
      <code>{process[what].version}</code>
      {odd[what].has(process.name) && <strong> {say('servesOther')}</strong>}
      <small>{say('servedSince', { time: time.format(new Date(process[what].since)) })}</small>
    </td>
  );
  return (
    <ShowDialog title={say('servingTitle')} testId="serving" wide readOnly onClose={onClose}>
      <p className="fl-quiet">
        {odd.faq.size + odd.dialogs.size + odd.rules.size > 0 ? say('servingDiffers') : say('servingAgrees')}
      </p>
      <div className="fl-serving">
        <table>
          <thead>
            <tr>
              <th scope="col">{say('process')}</th>
              <th scope="col">{say('servedFaq')}</th>
              <th scope="col">{say('servedDialogs')}</th>
              <th scope="col">{say('servedRules')}</th>
            </tr>
          </thead>
          <tbody>
            {processes.map((process) => (
              <tr key={process.name} data-testid="serving-process">
                <th scope="row">{process.name}</th>
                {cell(process, 'faq')}
                {cell(process, 'dialogs')}
                {cell(process, 'rules')}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </ShowDialog>
  );
}
