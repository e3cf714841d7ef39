import { describe, expect, it } from "vitest";
import { numberedFrom, pureRead } from "./pure-read.ts";

describe("a pure read", () => {
  it.each([
    ["select 1"],
    ["  select a from t where b = $1 order by c limit $2"],
    ["with x as (select 1) select * from x"],
    ["select 'insert into t; -- no' as words"],
    [`select "update" from t`],
    ["select updated_at, for_sale from locks"],
    ["select substring(a from 1 for 3) from t"],
  ])("is: %s", (sql) => expect(pureRead(sql)).not.toBeNull());

  it.each([
    ["insert into t values (1)"],
    ["with gone as (delete from t returning id) select * from gone"],
    ["with x as (update t set a = 1 returning a) select * from x"],
    ["select * from t for update"],
    ["select * from t for  no key\nupdate skip locked"],
    ["select * from t FOR SHARE"],
    ["select * into other from t"],
    ["select pg_advisory_xact_lock(1)"],
    ["select pg_notify('a', 'b')"],
    ["select set_config('a', 'b', true)"],
    ["select nextval('s')"],
    ["select 1; drop table t"],
    ["select 1 -- and the rest"],
    ["select 1 /* and the rest */"],
    ["select e'\\'; drop table t'"],
    ["select $$text$$"],
    ["select 'open"],
    ["savepoint part"],
    ["begin"],
    [""],
  ])("is not: %s", (sql) => expect(pureRead(sql)).toBeNull());

  it("is numbered anew, and what looks like a parameter in its texts stays", () => {
    const read = pureRead(`select $2::text, '$1', "$1", $11 from t where a = $1`)!;
    expect(numberedFrom(5, read)).toBe(`select $6::text, '$1', "$1", $15 from t where a = $5`);
  });
});
