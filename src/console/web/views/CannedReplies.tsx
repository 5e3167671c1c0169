/** The desk's canned replies, put where the agent is writing, in the visitor's language. */
import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { TextQuoteRegular } from '@fluentui/react-icons/svg/text-quote';
import type { ReactNode } from 'react';
import type { Language } from '../../../conversation/language.ts';
import { useDeskState, useSay } from '../context.ts';

interface Props {
  /** The visitor's. */
  readonly language: Language;
  readonly onInsert: (text: string) => void;
}

export function CannedReplies({ language, onInsert }: Props): ReactNode {
  const say = useSay();
  const rules = useDeskState((state) => state.rules);
  const replies = rules?.cannedReplies ?? [];
  if (replies.length === 0) return null;
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          size="small"
          icon={<TextQuoteRegular />}
          aria-label={say('canned')}
          data-testid="canned"
        >
          <span className="fl-wordy">{say('canned')}</span>
        </Button>
      </MenuTrigger>
      <MenuPopover className="fl-canned">
        <MenuList>
          {replies.map(({ id, title, text }) => (
            <MenuItem
              key={id}
              subText={<span lang={language}>{text[language]}</span>}
              onClick={() => onInsert(text[language])}
              data-testid="canned-reply"
            >
              {title[say.language]}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
