/** The proof of an erasure, as it stands on the trail. */
import { Button } from '@fluentui/react-components';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { hashOfSide } from '../address.ts';
import * as api from '../api.ts';
import { useSay } from '../context.ts';
import type { Erased, TrailRow } from '../trail-model.ts';

interface Props {
  readonly erased: Erased;
  readonly onAnother: () => void;
}

export function ErasureProof({ erased, onAnother }: Props): ReactNode {
  const say = useSay();
  const [row, setRow] = useState<TrailRow>();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    api.trail(new URLSearchParams({ about: erased.receipt, what: 'erased' }), null).then(
      ({ items }) => setRow(items[0]),
      (error) => console.warn('firstline: the row of the erasure was not read', error),
    );
  }, [erased.receipt]);
  const { receipt, conversations, archived, events, files, digest } = erased;
  return (
    <section className="fl-erasure" data-testid="erasure-proof">
      <div className="fl-verdict fl-verdict-good">
        <h3 ref={heading} tabIndex={-1}>
          {say('erasureDone')}
        </h3>
        <p>{say('erasureProof')}</p>
      </div>
      <dl className="fl-proof">
        <dt>{say('erasureReceipt')}</dt>
        <dd>
          <code>{receipt}</code>
        </dd>
        <dt>{say('erasure.conversations')}</dt>
        <dd>
          {conversations} ({say('erasure.archived')}: {archived})
        </dd>
        <dt>{say('erasureEvents')}</dt>
        <dd>{events}</dd>
        <dt>{say('erasure.files')}</dt>
        <dd>{files}</dd>
        <dt>{say('erasureDigest')}</dt>
        <dd>
          <code>{digest}</code>
        </dd>
        <dt>{say('erasureRow')}</dt>
        <dd>
          {row && (
            <code data-testid="erasure-row">
              {row.n}:{row.hash}
            </code>
          )}{' '}
          <a href={hashOfSide('audit', receipt)} data-testid="erasure-on-trail">
            {say('erasureShowRow')}
          </a>
        </dd>
      </dl>
      <p>
        <Button onClick={onAnother} data-testid="erasure-another">
          {say('erasureAnother')}
        </Button>
      </p>
    </section>
  );
}
