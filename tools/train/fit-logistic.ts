/**
 * The weights of a logistic regression with a ridge, by Newton's steps: one for each column, and the base last, which no ridge pulls.
 * `rows`: values; `is`: 0 or 1 for each. The same input gives the same weights.
 */
export function fitLogistic(rows: readonly (readonly number[])[], is: readonly number[], ridge: number): number[] {
  const wide = (rows[0]?.length ?? 0) + 1;
  // Most values are nothing: only the others are walked.
  const filled = rows.map((row) => {
    const at: number[] = [];
    for (let j = 0; j < row.length; j++) if (row[j] !== 0) at.push(j);
    return { at: [...at, wide - 1], values: [...at.map((j) => row[j] as number), 1] };
  });
  let found: number[] = new Array(wide).fill(0);
  for (let step = 0; step < 40; step++) {
    const slope: number[] = found.map((w, j) => (j === wide - 1 ? 0 : ridge * w));
    const bend = Array.from({ length: wide }, (_, j) => {
      const line = new Float64Array(wide);
      line[j] = j === wide - 1 ? 1e-9 : ridge;
      return line;
    });
    for (const [i, { at, values }] of filled.entries()) {
      let sum = 0;
      for (const [k, j] of at.entries()) sum += (found[j] as number) * (values[k] as number);
      const chance = 1 / (1 + Math.exp(-sum));
      const off = chance - (is[i] as number);
      const spread = chance * (1 - chance);
      for (const [k, j] of at.entries()) {
        const value = values[k] as number;
        slope[j] = (slope[j] as number) + off * value;
        const line = bend[j] as Float64Array;
        for (const [m, n] of at.entries()) line[n] = (line[n] as number) + spread * value * (values[m] as number);
      }
    }
    const change = solve(bend, slope);
    found = found.map((w, j) => w - (change[j] as number));
    if (Math.max(...change.map(Math.abs)) < 1e-7) break;
  }
  return found;
}

/** Gauss, with the largest pivot; both are used up. */
function solve(matrix: Float64Array[], right: number[]): number[] {
  const size = right.length;
  for (let col = 0; col < size; col++) {
    let top = col;
    for (let row = col + 1; row < size; row++)
      if (
        Math.abs((matrix[row] as Float64Array)[col] as number) > Math.abs((matrix[top] as Float64Array)[col] as number)
      )
        top = row;
    [matrix[col], matrix[top]] = [matrix[top] as Float64Array, matrix[col] as Float64Array];
    [right[col], right[top]] = [right[top] as number, right[col] as number];
    const pivot = matrix[col] as Float64Array;
    for (let row = col + 1; row < size; row++) {
      const line = matrix[row] as Float64Array;
      const share = (line[col] as number) / (pivot[col] as number);
      if (share === 0) continue;
      for (let k = col; k < size; k++) line[k] = (line[k] as number) - share * (pivot[k] as number);
      right[row] = (right[row] as number) - share * (right[col] as number);
    }
  }
  const found: number[] = new Array(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    const line = matrix[row] as Float64Array;
    let sum = right[row] as number;
    for (let k = row + 1; k < size; k++) sum -= (line[k] as number) * (found[k] as number);
    found[row] = sum / (line[row] as number);
  }
  return found;
}
