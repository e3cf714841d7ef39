/** Learnt by tools/train/weigh-thanks.ts: what each of `FACTS` adds to the log odds of thanks and of mockery. */
export const THANKS_WEIGHTS: { start: readonly [number, number]; of: readonly (readonly [number, number])[] } = {
  start: [-2.53, -1.52],
  of: [
    [1.09, 1.19], // model thanks
    [0.61, 1.66], // model mock
    [1.17, -0.49], // glad
    [-0.06, 1.0], // sad
    [-0.45, 1.0], // says SARCASM
    [-1.49, -0.8], // says ADVANCE
    [-0.67, -0.27], // says ELSEWHERE
    [-0.49, -0.46], // says NAMED
    [-0.33, -0.15], // says QUOTED
    [0.99, -0.11], // says OWED
    [-0.02, 0.0], // says MOCKERY
    [-0.08, 1.02], // says praise before woe
    [1.45, 0.17], // thank
    [1.56, -0.0], // works
    [1.81, -0.33], // rescue
    [0.93, -0.06], // person
    [1.02, 0.5], // dear
    [-0.33, 0.66], // woe
    [0.21, 0.84], // again
    [0.05, 1.79], // praise
    [0.17, 1.41], // congrats
    [-0.24, 2.21], // delight
    [0.01, 0.29], // irony
    [-0.65, -0.33], // advance
    [-0.5, -0.05], // request
    [-0.52, -0.16], // regards
    [-0.48, -0.04], // refuse
    [-0.15, -0.21], // contrary
    [-0.61, -0.07], // others
    [-0.41, -0.55], // said
    [-0.28, 0.43], // money
    [-0.12, 0.44], // wait
    [0.16, -0.06], // warm
    [-0.66, -0.64], // asked
    [0.69, 0.07], // thank+works
    [-0.45, -0.24], // thank+rescue
    [0.61, 0.0], // thank+person
    [0.5, -0.02], // thank+dear
    [-0.06, 0.86], // thank+woe
    [0.13, 0.13], // thank+again
    [0.46, 0.02], // thank+praise
    [0.03, 0.13], // thank+irony
    [-0.64, -0.31], // thank+advance
    [-0.53, 0.01], // thank+request
    [-0.51, -0.13], // thank+regards
    [-0.47, -0.17], // thank+refuse
    [-0.41, -0.22], // thank+contrary
    [-1.38, -0.52], // thank+others
    [-0.66, -0.38], // thank+said
    [-0.13, -0.09], // thank+money
    [-0.11, 0.27], // thank+wait
    [0.0, 0.0], // thank+warm
    [-0.47, -0.32], // thank+asked
    [-0.04, 0.23], // thank+delight
    [-0.24, 1.03], // praise+woe
    [0.1, 0.47], // praise+again
    [0.09, 0.32], // praise+money
    [-0.04, 0.18], // praise+wait
    [0.04, 0.38], // praise+irony
    [0.03, 1.1], // congrats+woe
    [-0.03, 0.47], // congrats+again
    [0.0, 0.0], // congrats+money
    [0.04, 0.15], // congrats+wait
    [-0.01, 0.16], // congrats+irony
    [-0.06, -0.02], // delight+woe
    [-0.02, 0.15], // delight+again
    [-0.04, 0.97], // delight+money
    [-0.04, 1.0], // delight+wait
    [-0.02, 0.01], // delight+irony
    [0.22, 0.62], // dear+woe
    [0.13, 0.36], // dear+again
    [0.13, 0.56], // dear+money
    [-0.03, -0.18], // dear+wait
    [0.16, -0.0], // dear+irony
    [0.31, -0.19], // person+rescue
    [1.07, -0.35], // person+dear
    [0.01, -0.1], // person+works
    [0.28, 0.11], // person+woe
    [0.07, 0.26], // person+praise
    [0.17, -0.01], // person+again
    [0.18, 0.02], // rescue+woe
    [0.64, -0.11], // rescue+dear
    [0.7, -0.09], // works+dear
    [0.13, -0.13], // works+woe
    [0.73, 1.02], // thank first
    [0.65, -0.4], // thank last
    [-0.46, -0.06], // thank signed
    [-0.18, -0.59], // thank short
    [0.0, 0.0], // thank long
  ],
};
