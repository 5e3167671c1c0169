/** Who and what the conversation is, who has it, and what can be done with it now. */
import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { ArrowLeftRegular } from '@fluentui/react-icons/svg/arrow-left';
import { MoreHorizontalRegular } from '@fluentui/react-icons/svg/more-horizontal';
import { PanelRightRegular } from '@fluentui/react-icons/svg/panel-right';
import { type ReactNode, useState } from 'react';
import { useDesk, useDeskState, useNow, useSay } from '../context.ts';
import type { Item } from '../model.ts';
import { formatDue, formatDuration, urgencyOf } from '../waiting.ts';
import { ConsultDialog } from './ConsultDialog.tsx';
import { ResolveDialog } from './ResolveDialog.tsx';
import { Viewers } from './Standing.tsx';
import { TransferDialog } from './TransferDialog.tsx';

interface Props {
  readonly item: Item;
  readonly packetShown: boolean;
  readonly onPacket: () => void;
}

export function ThreadHeader({ item, packetShown, onPacket }: Props): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const name = item.customer.name || say('someone');
  return (
    <div className="fl-thread-header">
      <Button
        className="fl-back"
        appearance="subtle"
        icon={<ArrowLeftRegular />}
        aria-label={say('backToList')}
        onClick={() => desk.open(null)}
        data-testid="back"
      />
      <div className="fl-thread-title">
        <h1 lang={item.language}>{item.subject || name}</h1>
        <p>
          {item.ticket && <span className="fl-ticket">{item.ticket}</span>}
          <span>{name}</span>
          <Standing item={item} />
          <Viewers id={item.id} />
        </p>
      </div>
      <Actions item={item} />
      <Button
        appearance="subtle"
        icon={<PanelRightRegular />}
        aria-label={say('showPacket')}
        aria-expanded={packetShown}
        onClick={onPacket}
        data-testid="packet"
      />
    </div>
  );
}

function Standing({ item }: { readonly item: Item }): ReactNode {
  const say = useSay();
  const now = useNow();
  const me = useDeskState((state) => state.me?.name);
  const due = item.dueAt === null ? null : Date.parse(item.dueAt);
  const owner = item.owner?.name === me ? say('me') : (item.owner?.displayName ?? say('somebody'));
  return (
    <>
      <span className={`fl-standing fl-standing-${item.state}`} data-testid="standing" data-state={item.state}>
        {item.state === 'human' ? say('state.human', { name: owner }) : say(`state.${item.state}`)}
        {item.state === 'queued' && item.waitingSince && (
          <> · {formatDuration(now - Date.parse(item.waitingSince), say.language)}</>
        )}
      </span>
      {due !== null && item.state !== 'closed' && (
        <span className={`fl-clock fl-${urgencyOf(due, now)}`}>{formatDue(due, now, say.language)}</span>
      )}
    </>
  );
}

function Actions({ item }: { readonly item: Item }): ReactNode {
  const desk = useDesk();
  const say = useSay();
  const me = useDeskState((state) => state.me?.name);
  const busy = useDeskState((state) => state.busy) !== null;
  const [dialog, setDialog] = useState<'resolve' | 'transfer' | 'consult' | null>(null);
  const close = () => setDialog(null);

  // What was given back to the bot with its case unfinished may be taken up like what waits.
  if (item.state === 'queued' || (item.state === 'bot' && item.ticketOpen))
    return (
      <div className="fl-do">
        <Button appearance="primary" disabled={busy} onClick={() => void desk.take()} data-testid="take">
          {say('take')}
        </Button>
      </div>
    );
  if (item.ticket !== null && !item.ticketOpen)
    return (
      <div className="fl-do">
        <Button disabled={busy} onClick={() => void desk.reopen()} data-testid="reopen">
          {say('reopen')}
        </Button>
      </div>
    );
  if (item.state !== 'human' || item.owner?.name !== me) return null;
  return (
    <div className="fl-do">
      <Button className="fl-wide-only" disabled={busy} onClick={() => setDialog('consult')} data-testid="consult">
        {say('consult')}
      </Button>
      <Button className="fl-wide-only" disabled={busy} onClick={() => setDialog('transfer')} data-testid="transfer">
        {say('transfer')}
      </Button>
      <Button className="fl-wide-only" disabled={busy} onClick={() => void desk.release()} data-testid="release">
        {say('release')}
      </Button>
      <Button className="fl-wide-only" disabled={busy} onClick={() => void desk.giveBack()} data-testid="give-back">
        {say('giveBack')}
      </Button>
      <Button appearance="primary" disabled={busy} onClick={() => setDialog('resolve')} data-testid="resolve">
        {say('resolve')}
      </Button>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button
            className="fl-narrow-only"
            appearance="subtle"
            icon={<MoreHorizontalRegular />}
            aria-label={say('moreActions')}
            data-testid="more-actions"
          />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem onClick={() => setDialog('consult')}>{say('consult')}</MenuItem>
            <MenuItem onClick={() => setDialog('transfer')}>{say('transfer')}</MenuItem>
            <MenuItem onClick={() => void desk.release()}>{say('release')}</MenuItem>
            <MenuItem onClick={() => void desk.giveBack()}>{say('giveBack')}</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {dialog === 'resolve' && <ResolveDialog id={item.id} onClose={close} />}
      {dialog === 'transfer' && <TransferDialog item={item} onClose={close} />}
      {dialog === 'consult' && <ConsultDialog item={item} onClose={close} />}
    </div>
  );
}
