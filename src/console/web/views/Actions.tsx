/** What can be done with the conversation now: the usual by buttons, the rest in a menu. */
import { Button, Menu, MenuDivider, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { MoreHorizontalRegular } from '@fluentui/react-icons/svg/more-horizontal';
import { type ReactNode, useState } from 'react';
import type { CaseFacts } from '../case-model.ts';
import { useDesk, useDeskState, useSay } from '../context.ts';
import type { Item } from '../model.ts';
import { ConsultDialog } from './ConsultDialog.tsx';
import { EscalateDialog } from './EscalateDialog.tsx';
import { JoinDialog } from './JoinDialog.tsx';
import { ResolveDialog } from './ResolveDialog.tsx';
import { TransferDialog } from './TransferDialog.tsx';

type Shown = 'resolve' | 'transfer' | 'consult' | 'escalate' | 'link' | 'merge';

interface Props {
  readonly item: Item;
  readonly facts: CaseFacts | null;
  readonly onEdit: () => void;
}

export function Actions({ item, facts, onEdit }: Props): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const me = useDeskState((state) => state.me?.name);
  const busy = useDeskState((state) => state.busy) !== null;
  const [dialog, setDialog] = useState<Shown | null>(null);
  const close = () => setDialog(null);
  const isMine = item.state === 'human' && item.owner?.name === me;
  const isClosed = item.ticket !== null && !item.ticketOpen;
  // What was given back to the bot, or is with another team, may be taken up like what waits.
  const canTake = item.state === 'queued' || ((item.state === 'bot' || item.state === 'outside') && item.ticketOpen);
  if (item.ticket === null && !isMine && !canTake) return null;

  /** A button where there is room; its entry in the menu where there is not. */
  const wide = (testId: string, label: string, onClick: () => void, room: 'wide' | 'widest' = 'wide') => (
    <Button className={`fl-${room}-only`} disabled={busy} onClick={onClick} data-testid={testId}>
      {label}
    </Button>
  );
  return (
    <div className="fl-do">
      {isMine && (
        <>
          {wide('consult', say('consult'), () => setDialog('consult'), 'widest')}
          {wide('transfer', say('transfer'), () => setDialog('transfer'))}
          {wide('give-back', say('giveBack'), () => void desk.giveBack(), 'widest')}
          {wide('release', say('release'), () => void desk.release())}
          {wide('escalate', say('escalate'), () => setDialog('escalate'))}
          <Button appearance="primary" disabled={busy} onClick={() => setDialog('resolve')} data-testid="resolve">
            {say('resolve')}
          </Button>
        </>
      )}
      {canTake && (
        <Button appearance="primary" disabled={busy} onClick={() => void desk.take()} data-testid="take">
          {say(item.state === 'outside' ? 'takeBack' : 'take')}
        </Button>
      )}
      {isClosed && (
        <Button disabled={busy} onClick={() => void desk.reopen()} data-testid="reopen">
          {say('reopen')}
        </Button>
      )}
      {facts && (
        <Menu>
          <MenuTrigger disableButtonEnhancement>
            <Button
              appearance="subtle"
              icon={<MoreHorizontalRegular />}
              aria-label={say('moreActions')}
              data-testid="more-actions"
            />
          </MenuTrigger>
          <MenuPopover>
            <MenuList>
              {isMine && (
                <>
                  <MenuItem className="fl-narrow-only" onClick={() => setDialog('escalate')}>
                    {say('escalate')}
                  </MenuItem>
                  <MenuItem className="fl-narrow-only" onClick={() => void desk.release()}>
                    {say('release')}
                  </MenuItem>
                  <MenuItem className="fl-narrow-only" onClick={() => setDialog('transfer')}>
                    {say('transfer')}
                  </MenuItem>
                  <MenuItem onClick={() => setDialog('consult')}>{say('consult')}</MenuItem>
                  <MenuItem onClick={() => void desk.giveBack()}>{say('giveBack')}</MenuItem>
                  <MenuDivider />
                </>
              )}
              {item.ticketOpen && <MenuItem onClick={onEdit}>{say('editTitle')}</MenuItem>}
              <MenuItem onClick={() => setDialog('link')} data-testid="link">
                {say('link')}
              </MenuItem>
              {isMine && (
                <MenuItem onClick={() => setDialog('merge')} data-testid="merge">
                  {say('merge')}
                </MenuItem>
              )}
            </MenuList>
          </MenuPopover>
        </Menu>
      )}
      {dialog === 'resolve' && <ResolveDialog id={item.id} facts={facts} onClose={close} />}
      {dialog === 'transfer' && <TransferDialog item={item} onClose={close} />}
      {dialog === 'consult' && <ConsultDialog item={item} onClose={close} />}
      {dialog === 'escalate' && <EscalateDialog item={item} onClose={close} />}
      {(dialog === 'link' || dialog === 'merge') && <JoinDialog as={dialog} onClose={close} />}
    </div>
  );
}
