/** Finds the route of the contract for a method and a path. */
import { type RouteName, routes } from '@sotto/contract/routes';

/** A found route with the raw segments of its path, or why there is none. */
export type Found =
  | { readonly found: 'route'; readonly name: RouteName; readonly path: Readonly<Record<string, string>> }
  | { readonly found: 'other-methods'; readonly allowed: string }
  | { readonly found: 'nothing' };

type Compiled = { readonly name: RouteName; readonly method: string; readonly segments: readonly string[] };

// Object.keys gives strings; these are the keys of the contract's object.
const compiled: readonly Compiled[] = (Object.keys(routes) as RouteName[]).map((name) => ({
  name,
  method: routes[name].method,
  segments: routes[name].path.split('/'),
}));

/** @param path of the address, without query; it is not decoded, since no id of the contract needs it. */
export function findRoute(method: string, path: string): Found {
  const segments = path.split('/');
  const here = compiled.filter((route) => matches(route.segments, segments));
  const route = here.find((candidate) => candidate.method === method);
  if (route !== undefined) {
    return { found: 'route', name: route.name, path: parameters(route.segments, segments) };
  }
  if (here.length === 0) return { found: 'nothing' };
  return { found: 'other-methods', allowed: here.map((candidate) => candidate.method).join(', ') };
}

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, index) => part.startsWith(':') || part === segments[index])
  );
}

function parameters(pattern: readonly string[], segments: readonly string[]): Record<string, string> {
  const pairs = pattern.flatMap((part, index): [string, string][] =>
    part.startsWith(':') ? [[part.slice(1), segments[index] ?? '']] : [],
  );
  return Object.fromEntries(pairs);
}
