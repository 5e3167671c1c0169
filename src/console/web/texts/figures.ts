/** The desk's figures. */
import type { Bilingual } from '../../../conversation/language.ts';
import { pair } from './pair.ts';

export const figuresTexts = {
  // Figures
  figures: pair('Figures …', '集計…'),
  figuresTitle: pair('How the desk does', '窓口の集計'),
  figuresOwn: pair('Cases that were yours at last.', '最後に自分が担当した案件の集計です。'),
  figuresFailed: pair('The figures could not be counted.', '集計できませんでした。'),
  figuresNone: pair('No case was opened in this time.', 'この期間に開いた案件はありません。'),
  figuresPeriod: pair('Time', '期間'),
  figuresDays: pair('Last {days} days', '直近{days}日'),
  figuresBy: pair('By', '分類'),
  'figuresBy.day': pair('day', '日'),
  'figuresBy.tier': pair('tier', 'ティア'),
  'figuresBy.skill': pair('skill', 'スキル'),
  'figuresBy.language': pair('language', '言語'),
  'figuresBy.agent': pair('agent', '担当者'),
  'figuresBy.reason': pair('reason', '引き継ぎ理由'),
  figuresCsv: pair('Download CSV', 'CSVをダウンロード'),
  figuresChart: pair('Cases by {by}; the table below has the numbers', '{by}別の件数。数値は下の表にあります'),
  'figure.tickets': pair('Cases', '案件'),
  'figure.closed': pair('Closed', '完了'),
  'figure.answered': pair('By the bot', 'ボットで解決'),
  'figure.wait': pair('Wait', '待ち時間'),
  'figure.firstResponse': pair('First reply', '初回応答'),
  'figure.handling': pair('Handling', '対応時間'),
  'figure.resolution': pair('Solved in', '解決まで'),
  'figure.sla': pair('SLA kept', 'SLA遵守'),
  'figure.rating': pair('Rating', '評価'),
  figureP90: pair('9 of 10 within {span}', '10件中9件は{span}以内'),
  figureTotal: pair('All', '全体'),
  spanSeconds: pair('{n} s', '{n}秒'),
  spanMinutes: pair('{n} min', '{n}分'),
  spanHours: pair('{n} h', '{n}時間'),
  spanDays: pair('{n} d', '{n}日'),
} as const satisfies Readonly<Record<string, Bilingual>>;
