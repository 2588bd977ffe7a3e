import type { Reason } from '../api/client.ts'
import { useFactUnit } from '../words/use-names.ts'
import { type PageWords, useWords } from '../words/use-words.ts'
import { MetMark } from './mark.tsx'
import { decimalsBeside, quantity } from './quantity.ts'
import { useDistance } from './use-distance.ts'

/** A node of the tree: a comparison, or a list of nodes under `all`, `any` or `not`. */
export type ReasonNode<T> =
  | { readonly kind: 'leaf'; readonly leaf: T }
  | { readonly kind: 'all' | 'any' | 'not'; readonly children: readonly ReasonNode<T>[] }

/** The tree that flat comparisons came from, read off their pointers (`/all/0/any/1`). */
export function treeOf<T extends { readonly condition: string }>(
  leaves: readonly T[],
): ReasonNode<T> {
  return build(leaves.map((leaf) => ({ path: leaf.condition.split('/').slice(1), leaf })))
}

interface Placed<T> {
  readonly path: readonly string[]
  readonly leaf: T
}

function build<T>(placed: readonly Placed<T>[]): ReasonNode<T> {
  const [first] = placed as [Placed<T>]
  const [kind] = first.path
  if (kind === undefined) return { kind: 'leaf', leaf: first.leaf }
  if (kind === 'not')
    return {
      kind,
      children: [build(placed.map(({ path, leaf }) => ({ path: path.slice(1), leaf })))],
    }
  const byIndex = new Map<string, Placed<T>[]>()
  for (const { path, leaf } of placed) {
    const index = path[1] as string
    byIndex.set(index, [...(byIndex.get(index) ?? []), { path: path.slice(2), leaf }])
  }
  return { kind: kind as 'all' | 'any', children: [...byIndex.values()].map(build) }
}

/** The words over a list of conditions. */
export function headingOf(kind: 'all' | 'any' | 'not', w: PageWords): string {
  return { all: w.answer.allOf, any: w.answer.anyOf, not: w.answer.notOf }[kind]
}

/** Reasons as a tree: each with icon and word, what was found, and how far from the line. */
export function ReasonTree({ reasons }: { reasons: readonly Reason[] }) {
  if (reasons.length === 0) return null
  return (
    <ul className="tree">
      <Node node={treeOf(reasons)} />
    </ul>
  )
}

function Node({ node }: { node: ReasonNode<Reason> }) {
  const { w } = useWords()
  if (node.kind === 'leaf') return <Leaf reason={node.leaf} />
  return (
    <li>
      <span className="quiet">{headingOf(node.kind, w)}</span>
      <ul>
        {node.children.map((child, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the order of conditions never changes
          <Node key={index} node={child} />
        ))}
      </ul>
    </li>
  )
}

function Leaf({ reason }: { reason: Reason }) {
  const { w } = useWords()
  const { met, text, actual, unit, decisive, fact } = reason
  const unitOf = useFactUnit()
  const apart = useDistance()(reason)
  return (
    <li>
      <MetMark met={met} /> {withoutMark(text)}
      {typeof actual === 'number' && (
        <> · {quantity(actual, unitOf(fact, unit), w, decimalsBeside(reason))}</>
      )}
      {apart !== null && <strong> · {apart}</strong>}{' '}
      {decisive && <span className="tag">{w.answer.decisive}</span>}{' '}
      <code className="quiet" title={w.answer.factKey}>
        {fact}
      </code>
    </li>
  )
}

/** The service ends a reason with how it reads; here an icon and a word say so before it. */
export function withoutMark(text: string): string {
  return text.replace(/(：|: )(符合|不符合|尚不清楚|met|not met|not known yet)$/, '')
}
