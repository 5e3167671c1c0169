/** A probability as people read it: 0.934 → "93%". */
export const percent = (confidence: number): string => `${Math.round(confidence * 100)}%`;
