/**
 * The console's own look on Fluent's tokens: pine green on warm paper by day, on slate by night. Contrasts are AA for text;
 * nothing is pure white or black, for eyes that stay eight hours.
 */
import { type BrandVariants, createDarkTheme, createLightTheme, type Theme } from '@fluentui/react-components';

const pine: BrandVariants = {
  10: '#03110e',
  20: '#082019',
  30: '#0c3026',
  40: '#0f3d31',
  50: '#124b3d',
  60: '#165a49',
  70: '#1b6955',
  80: '#1f7561',
  90: '#3a8874',
  100: '#559b88',
  110: '#6cab99',
  120: '#84bbab',
  130: '#9dccbd',
  140: '#b7dcd0',
  150: '#d2ece3',
  160: '#ebf7f2',
};

const fonts = {
  fontFamilyBase:
    "'Segoe UI', 'Hiragino Sans', 'Yu Gothic UI', 'Noto Sans JP', 'Noto Sans CJK JP', Meiryo, system-ui, sans-serif",
  fontFamilyMonospace: "'Cascadia Mono', 'SF Mono', Menlo, Consolas, 'Noto Sans Mono CJK JP', monospace",
  borderRadiusMedium: '6px',
};

export const light: Theme = {
  ...createLightTheme(pine),
  ...fonts,
  colorNeutralBackground1: '#fdfcfa',
  colorNeutralBackground2: '#f6f4ef',
  colorNeutralBackground3: '#efece5',
  colorNeutralBackground4: '#e8e4db',
  colorNeutralForeground1: '#23282a',
  colorNeutralForeground2: '#414a4b',
  colorNeutralForeground3: '#5d6765',
  colorNeutralForeground4: '#6b7472',
  colorNeutralStroke1: '#cdc8bc',
  colorNeutralStroke2: '#e0dbd0',
  colorNeutralStroke3: '#ebe7de',
};

const darkBase = createDarkTheme(pine);

export const dark: Theme = {
  ...darkBase,
  ...fonts,
  colorNeutralBackground1: '#1d2325',
  colorNeutralBackground2: '#171c1e',
  colorNeutralBackground3: '#252c2f',
  colorNeutralBackground4: '#2d3538',
  colorNeutralBackground1Hover: '#2a3235',
  colorNeutralBackground1Pressed: '#232a2d',
  colorNeutralForeground1: '#e6e9e6',
  colorNeutralForeground2: '#c5ccc9',
  colorNeutralForeground3: '#9fa9a6',
  colorNeutralForeground4: '#8e9996',
  colorNeutralStroke1: '#4a5457',
  colorNeutralStroke2: '#353e41',
  colorNeutralStroke3: '#2b3336',
  // Fluent's dark brand foregrounds are made for its own greys; ours are a shade lighter to stay legible on slate.
  colorBrandForeground1: pine[120],
  colorBrandForeground2: pine[130],
  colorCompoundBrandForeground1: pine[120],
  colorCompoundBrandStroke: pine[110],
  colorCompoundBrandBackground: pine[110],
};
