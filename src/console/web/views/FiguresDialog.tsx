/** How the desk does: what matters in one look, a chart, and beneath it the table that says the same in numbers. */
import { Select, Spinner } from '@fluentui/react-components';
import { type ReactNode, useEffect, useState } from 'react';
import * as api from '../api.ts';
import { useSay } from '../context.ts';
import { type Figures, type FiguresBy, type FiguresReport, figuresBy, type Spans } from '../model.ts';
import { spanOf } from '../spans.ts';
import { isText } from '../texts.ts';
import { ShowDialog } from './ShowDialog.tsx';

const periods = [7, 30, 90, 365];

/** Undefined while it is counted. */
type Shown = FiguresReport | 'failed' | undefined;

export function FiguresDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const say = useSay();
  const [days, setDays] = useState(30);
  const [by, setBy] = useState<FiguresBy>('day');
  const [shown, setShown] = useState<Shown>(undefined);

  useEffect(() => {
    let isOver = false;
    setShown(undefined);
    api.figures(days, by).then(
      (report) => !isOver && setShown(report),
      () => !isOver && setShown('failed'),
    );
    return () => {
      isOver = true;
    };
  }, [days, by]);

  return (
    <ShowDialog title={say('figuresTitle')} testId="figures" wide onClose={onClose}>
      <div className="fl-figures">
        <div className="fl-figures-choices">
          <div>
            <label htmlFor="figures-days">{say('figuresPeriod')}</label>
            <Select id="figures-days" value={String(days)} onChange={(_, { value }) => setDays(Number(value))}>
              {periods.map((one) => (
                <option key={one} value={one}>
                  {say('figuresDays', { days: one })}
                </option>
              ))}
            </Select>
          </div>
          <div>
            <label htmlFor="figures-by">{say('figuresBy')}</label>
            <Select
              id="figures-by"
              value={by}
              onChange={(_, { value }) => setBy(value as FiguresBy)}
              data-testid="figures-by"
            >
              {figuresBy.map((one) => (
                <option key={one} value={one}>
                  {say(`figuresBy.${one}`)}
                </option>
              ))}
            </Select>
          </div>
          <a href={api.figuresCsv(days, by)} download="figures.csv">
            {say('figuresCsv')}
          </a>
        </div>
        {shown === undefined && <Spinner size="small" label={say('loading')} />}
        {shown === 'failed' && <p role="alert">{say('figuresFailed')}</p>}
        {shown !== undefined && shown !== 'failed' && <Report report={shown} by={by} />}
      </div>
    </ShowDialog>
  );
}

function Report({ report, by }: { readonly report: FiguresReport; readonly by: FiguresBy }): ReactNode {
  const say = useSay();
  const { total, groups, own } = report;
  const rows = groups.map(({ key, figures }) => ({ key, label: labelOf(key, by, say), figures }));
  return (
    <>
      {own && <p className="fl-quiet">{say('figuresOwn')}</p>}
      {total.tickets === 0 && <p>{say('figuresNone')}</p>}
      <dl className="fl-figures-tiles">
        <Tile name="tickets" value={String(total.tickets)} />
        {!own && <Tile name="answered" value={share(total.inquiries.answered, total.inquiries.n)} />}
        <SpanTile name="wait" spans={total.wait} />
        <SpanTile name="firstResponse" spans={total.firstResponse} />
        <SpanTile name="resolution" spans={total.resolution} />
        <Tile name="sla" value={share(total.sla.kept, total.sla.n)} />
        <Tile name="rating" value={total.rating.mean === null ? '–' : total.rating.mean.toFixed(1)} />
      </dl>
      {rows.length > 1 && <Chart rows={rows} by={say(`figuresBy.${by}`)} />}
      <div className="fl-figures-table">
        <table>
          <thead>
            <tr>
              <th scope="col">{say(`figuresBy.${by}`)}</th>
              {cells.map(({ name }) => (
                <th key={name} scope="col">
                  {say(`figure.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, label, figures }) => (
              <Line key={key} label={label} figures={figures} />
            ))}
          </tbody>
          <tfoot>
            <Line label={say('figureTotal')} figures={total} />
          </tfoot>
        </table>
      </div>
    </>
  );
}

type Say = ReturnType<typeof useSay>;

const span = (ms: number | null, say: Say): string => {
  if (ms === null) return '–';
  const { key, n } = spanOf(ms);
  return say(key, { n });
};

const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${Math.round((part / whole) * 100)}%`);

/** The table's columns. */
const cells: readonly {
  readonly name: 'tickets' | 'closed' | 'wait' | 'firstResponse' | 'handling' | 'resolution' | 'sla' | 'rating';
  readonly of: (figures: Figures, say: Say) => string;
}[] = [
  { name: 'tickets', of: ({ tickets }) => String(tickets) },
  { name: 'closed', of: ({ closed }) => String(closed) },
  { name: 'wait', of: ({ wait }, say) => span(wait.median, say) },
  { name: 'firstResponse', of: ({ firstResponse }, say) => span(firstResponse.median, say) },
  { name: 'handling', of: ({ handling }, say) => span(handling.median, say) },
  { name: 'resolution', of: ({ resolution }, say) => span(resolution.median, say) },
  { name: 'sla', of: ({ sla }) => share(sla.kept, sla.n) },
  { name: 'rating', of: ({ rating }) => (rating.mean === null ? '–' : rating.mean.toFixed(1)) },
];

function Line({ label, figures }: { readonly label: string; readonly figures: Figures }): ReactNode {
  const say = useSay();
  return (
    <tr>
      <th scope="row">{label}</th>
      {cells.map(({ name, of }) => (
        <td key={name}>{of(figures, say)}</td>
      ))}
    </tr>
  );
}

function Tile({
  name,
  value,
  hint,
}: {
  readonly name: 'tickets' | 'answered' | 'wait' | 'firstResponse' | 'resolution' | 'sla' | 'rating';
  readonly value: string;
  readonly hint?: string;
}): ReactNode {
  const say = useSay();
  return (
    <div>
      <dt>{say(`figure.${name}`)}</dt>
      <dd>
        {value}
        {hint && <small>{hint}</small>}
      </dd>
    </div>
  );
}

function SpanTile({
  name,
  spans,
}: {
  readonly name: 'wait' | 'firstResponse' | 'resolution';
  readonly spans: Spans;
}): ReactNode {
  const say = useSay();
  const hint = spans.n > 1 ? { hint: say('figureP90', { span: span(spans.p90, say) }) } : {};
  return <Tile name={name} value={span(spans.median, say)} {...hint} />;
}

interface Bar {
  readonly key: string;
  readonly label: string;
  readonly figures: Figures;
}

/** Cases of each group, as bars. Screen readers have the table. */
function Chart({ rows, by }: { readonly rows: readonly Bar[]; readonly by: string }): ReactNode {
  const say = useSay();
  const most = Math.max(1, ...rows.map(({ figures }) => figures.tickets));
  const width = Math.min(12, 100 / rows.length);
  return (
    <figure style={{ margin: 0 }}>
      <svg
        className="fl-figures-chart"
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        role="img"
        aria-label={say('figuresChart', { by })}
      >
        <line x1="0" x2="100" y1="100" y2="100" vectorEffect="non-scaling-stroke" />
        {rows.map(({ key, label, figures }, i) => {
          const height = (figures.tickets / most) * 96;
          return (
            <rect key={key} x={i * width + width * 0.1} width={width * 0.8} y={100 - height} height={height}>
              <title>{`${label}: ${figures.tickets}`}</title>
            </rect>
          );
        })}
      </svg>
      <figcaption className="fl-figures-scale" style={{ width: `${width * rows.length}%` }} aria-hidden="true">
        <span>{rows[0]?.label}</span>
        <span>{rows.at(-1)?.label}</span>
      </figcaption>
    </figure>
  );
}

function labelOf(key: string, by: FiguresBy, say: Say): string {
  if (key === '-') return '–';
  if (by === 'tier') return say('tier', { tier: key });
  if (by === 'language') return key === 'ja' ? '日本語' : 'English';
  const text = `reason.${key}`;
  return by === 'reason' && isText(text) ? say(text) : key;
}
