/** Learnt by tools/train/weigh-thanks.ts: what each of `FACTS` adds to the log odds of thanks and of mockery. */
export const THANKS_WEIGHTS: { start: readonly [number, number]; of: readonly (readonly [number, number])[] } = {
  start: [-2.57, -1.44],
  of: [
    [1.04, 1.2], // model thanks
    [0.61, 1.79], // model mock
    [1.2, -0.42], // glad
    [-0.1, 1.06], // sad
    [-0.45, 1.07], // says SARCASM
    [-1.51, -0.77], // says ADVANCE
    [-0.68, -0.28], // says ELSEWHERE
    [-0.51, -0.47], // says NAMED
    [-0.33, -0.16], // says QUOTED
    [0.97, -0.1], // says OWED
    [-0.02, 0.0], // says MOCKERY
    [-0.08, 0.97], // says praise before woe
    [1.51, 0.11], // thank
    [1.58, 0.01], // works
    [1.79, -0.35], // rescue
    [0.92, -0.06], // person
    [1.01, 0.45], // dear
    [-0.32, 0.67], // woe
    [0.23, 0.84], // again
    [0.02, 1.76], // praise
    [0.18, 1.42], // congrats
    [-0.24, 2.24], // delight
    [0.01, 0.34], // irony
    [-0.64, -0.34], // advance
    [-0.5, -0.08], // request
    [-0.52, -0.21], // regards
    [-0.48, -0.08], // refuse
    [-0.15, -0.21], // contrary
    [-0.58, -0.1], // others
    [-0.4, -0.58], // said
    [-0.27, 0.41], // money
    [-0.12, 0.43], // wait
    [0.16, -0.06], // warm
    [-0.67, -0.61], // asked
    [0.72, 0.01], // thank+works
    [-0.44, -0.23], // thank+rescue
    [0.59, 0.02], // thank+person
    [0.51, 0.03], // thank+dear
    [-0.08, 0.82], // thank+woe
    [0.13, 0.06], // thank+again
    [0.43, 0.1], // thank+praise
    [0.07, 0.11], // thank+irony
    [-0.64, -0.32], // thank+advance
    [-0.53, 0.0], // thank+request
    [-0.5, -0.19], // thank+regards
    [-0.48, -0.16], // thank+refuse
    [-0.39, -0.25], // thank+contrary
    [-1.35, -0.57], // thank+others
    [-0.64, -0.41], // thank+said
    [-0.12, -0.2], // thank+money
    [-0.12, 0.29], // thank+wait
    [0.0, 0.0], // thank+warm
    [-0.47, -0.31], // thank+asked
    [-0.04, 0.28], // thank+delight
    [-0.25, 1.03], // praise+woe
    [0.08, 0.61], // praise+again
    [0.09, 0.41], // praise+money
    [-0.03, 0.11], // praise+wait
    [0.03, 0.46], // praise+irony
    [0.03, 1.1], // congrats+woe
    [-0.03, 0.47], // congrats+again
    [0.0, 0.0], // congrats+money
    [0.05, 0.13], // congrats+wait
    [-0.01, 0.14], // congrats+irony
    [-0.06, -0.0], // delight+woe
    [-0.02, 0.2], // delight+again
    [-0.04, 0.96], // delight+money
    [-0.04, 0.91], // delight+wait
    [-0.02, -0.04], // delight+irony
    [0.22, 0.56], // dear+woe
    [0.13, 0.26], // dear+again
    [0.13, 0.58], // dear+money
    [-0.03, -0.21], // dear+wait
    [0.14, 0.01], // dear+irony
    [0.3, -0.18], // person+rescue
    [1.06, -0.34], // person+dear
    [0.03, -0.1], // person+works
    [0.29, 0.12], // person+woe
    [0.07, 0.22], // person+praise
    [0.16, -0.02], // person+again
    [0.17, -0.0], // rescue+woe
    [0.66, -0.1], // rescue+dear
    [0.69, -0.09], // works+dear
    [0.14, -0.16], // works+woe
    [0.73, 0.94], // thank first
    [0.69, -0.36], // thank last
    [-0.49, -0.05], // thank signed
    [-0.2, -0.64], // thank short
    [0.0, 0.0], // thank long
  ],
};
