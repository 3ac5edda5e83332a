/** Every message of the API, walked through: each string has a pattern and a length, each number its bounds, each list its end, each object no unknown fields. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { channelBody, peopleBody } from '../../src/directory.ts';
import { errorResponse } from '../../src/errors.ts';
import { pathParameters, type Route } from '../../src/route.ts';
import { routes } from '../../src/routes.ts';

/** A schema as valibot lays it out: enough to walk it. */
type Node = {
  readonly type: string;
  readonly pipe?: readonly Node[];
  readonly entries?: Readonly<Record<string, Node>>;
  readonly options?: readonly Node[];
  readonly item?: Node;
  readonly items?: readonly Node[];
  readonly wrapped?: Node;
};

/** The checks of a schema; a pipe may begin with another pipe. */
function actionsOf({ pipe = [] }: Node): string[] {
  return pipe
    .slice(1)
    .map((action) => action.type)
    .concat(pipe[0]?.pipe === undefined ? [] : actionsOf(pipe[0]));
}

/** What is loose in a schema, each as a path and a word. */
function looseIn(schema: unknown, path: string): string[] {
  // why: walked by its layout, which valibot documents but does not type for walking
  const node = schema as Node;
  const actions = new Set(actionsOf(node));
  const has = (...names: string[]) => names.some((name) => actions.has(name));
  switch (node.type) {
    case 'string':
      return [
        ...(has('length', 'max_length', 'max_bytes') ? [] : [`${path}: a string of any length`]),
        ...(has('regex', 'check', 'custom') ? [] : [`${path}: a string without a pattern`]),
      ];
    case 'number':
      return has('max_value') ? [] : [`${path}: a number without an end`];
    case 'array':
      return [
        ...(has('max_length') ? [] : [`${path}: a list without an end`]),
        ...looseIn(node.item, `${path}[]`),
      ];
    case 'strict_object':
      return Object.entries(node.entries ?? {}).flatMap(([key, entry]) => looseIn(entry, `${path}.${key}`));
    case 'strict_tuple':
      return (node.items ?? []).flatMap((item, at) => looseIn(item, `${path}[${at}]`));
    case 'variant':
    case 'union':
      return (node.options ?? []).flatMap((option) => looseIn(option, path));
    case 'nullable':
    case 'optional':
      return looseIn(node.wrapped, path);
    case 'literal':
    case 'picklist':
    case 'boolean':
      return [];
    default:
      return [`${path}: a ${node.type}, which this walk does not know`];
  }
}

test('no message of the API has a string without pattern and length, a number or a list without an end, or room for unknown fields', () => {
  const loose = Object.entries(routes).flatMap(([name, given]) => {
    const route: Route = given;
    return [route.query, route.request, route.response].flatMap((schema, at) =>
      schema === null || schema === 'chunk'
        ? []
        : looseIn(schema, `${name}.${['query', 'request', 'response'][at]}`),
    );
  });
  assert.deepEqual(loose, []);
  for (const [name, schema] of Object.entries({
    ...pathParameters,
    errorResponse,
    peopleBody,
    channelBody,
  })) {
    assert.deepEqual(looseIn(schema, name), []);
  }
});

test('the walk sees what is loose', () => {
  const loose = v.strictObject({
    a: v.string(),
    b: v.array(v.pipe(v.number(), v.maxValue(1))),
    c: v.object({}),
  });
  assert.equal(looseIn(loose, 'x').length, 4);
});
