/**
 * Queries that are built once. Building one costs more than SQLite's work on it (docs/decisions/0029), so a repository builds
 * each with stand-ins for its values, and every run only puts the values in their places.
 *
 * `build` gets stand-ins and must not look at them. Values may be arrays and rows: there is one query for each length of an array
 * and each set of columns.
 */
import type { Compilable, CompiledQuery } from 'kysely';
import type { Transaction } from './transaction.ts';

type Build<Values extends readonly unknown[], Row> = (
  transaction: Transaction,
  ...values: Values
) => Compilable<Row>;
type Run<Values extends readonly unknown[], Result> = (
  transaction: Transaction,
  ...values: Values
) => Promise<Result>;

/** A query whose every row is wanted. */
export function all<Values extends readonly unknown[], Row>(build: Build<Values, Row>): Run<Values, Row[]> {
  const run = builtOnce(build);
  return async (transaction, ...values) => (await run(transaction, values)).rows;
}

/** A query whose first row is wanted, `undefined` when there is none. */
export function first<Values extends readonly unknown[], Row>(
  build: Build<Values, Row>,
): Run<Values, Row | undefined> {
  const run = builtOnce(build);
  return async (transaction, ...values) => (await run(transaction, values)).rows[0];
}

/** A query that changes rows and answers none. */
export function change<Values extends readonly unknown[]>(build: Build<Values, unknown>): Run<Values, void> {
  const run = builtOnce(build);
  return async (transaction, ...values) => {
    await run(transaction, values);
  };
}

/** Stands in a query for the value at this place among all values of a run. */
class StandIn {
  readonly at: number;

  constructor(at: number) {
    this.at = at;
  }
}

function builtOnce<Values extends readonly unknown[], Row>(
  build: Build<Values, Row>,
): (transaction: Transaction, values: Values) => Promise<{ readonly rows: Row[] }> {
  const built = new Map<string, CompiledQuery<Row>>();
  return (transaction, values) => {
    const flat: unknown[] = [];
    const shape = flatten(values, flat);
    let query = built.get(shape);
    if (query === undefined) {
      // why: shaped like the values; Kysely passes what it does not know through, so their types are kept to by `build`.
      const standIns = standInsFor(values, { taken: 0 }) as unknown as Values;
      query = build(transaction, ...standIns).compile();
      built.set(shape, query);
    }
    const parameters = query.parameters.map((value) => (value instanceof StandIn ? flat[value.at] : value));
    return transaction.executeQuery({ ...query, parameters });
  };
}

/** Appends the single values to `flat`, and returns what the query's text depends on: lengths and names of columns. */
function flatten(value: unknown, flat: unknown[]): string {
  // The length is told: none and one single value would otherwise look the same.
  if (Array.isArray(value)) return `${value.length}[${value.map((part) => flatten(part, flat)).join()}]`;
  if (isRow(value)) {
    return `{${Object.entries(value)
      .map(([column, part]) => column + flatten(part, flat))
      .join()}}`;
  }
  flat.push(value);
  return '';
}

/** The same walk as {@link flatten}. */
function standInsFor(value: unknown, count: { taken: number }): unknown {
  if (Array.isArray(value)) return value.map((part) => standInsFor(part, count));
  if (isRow(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([column, part]) => [column, standInsFor(part, count)]),
    );
  }
  const standIn = new StandIn(count.taken);
  count.taken += 1;
  return standIn;
}

function isRow(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
}
