import { expect, it } from "vitest";
import { numbersInSubject, plainSubject } from "./mail-subject.ts";

it.each([
  ["Re: My parcel [C-20481]", "My parcel", [20_481]],
  ["AW: RE: Fwd: My parcel", "My parcel", []],
  ["[c-20481] Re: My parcel [C-20481]", "My parcel", [20_481]],
  ["WG: Re[2]: My  parcel", "My parcel", []],
  ["[C-20481][C-20482] [C-1] [C-2]", "", [20_481, 20_482, 1]],
  ["C-20481, [C20481], [C-], [C-1234567890]", "C-20481, [C20481], [C-], [C-1234567890]", []],
  ["Resume: a CV", "Resume: a CV", []],
  ["", "", []],
])("%s", (subject, plain, numbers) => {
  expect(plainSubject(subject)).toBe(plain);
  expect(numbersInSubject(subject)).toEqual(numbers);
});
