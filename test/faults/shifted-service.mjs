/** The built service on a machine whose clock is wrong by CLOCK_SHIFT ms. */
const shift = Number(process.env.CLOCK_SHIFT);
const RightDate = Date;
globalThis.Date = class extends RightDate {
  constructor(...given) {
    if (given.length === 0) super(RightDate.now() + shift);
    else super(...given);
  }
  static now() {
    return RightDate.now() + shift;
  }
};
await import('../../dist/main.js');
