import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { InPlace } from '../answer/clause-quote.tsx'
import { quantity } from '../answer/quantity.ts'
import { headingOf, type ReasonNode, treeOf } from '../answer/reason-tree.tsx'
import type { Schemas } from '../api/client.ts'
import { clause, interpretations } from '../api/queries.ts'
import { Table } from '../shell/table.tsx'
import { useParameterName, useParameterUnit } from '../words/use-names.ts'
import { useWords } from '../words/use-words.ts'
import { clausesOf, interpretationsOf } from './rule-parts.ts'

type Published = Schemas['PublishedVersion']
type LeafWords = Schemas['LeafWords']

/** One rule version: in words, as a tree with its sources, or as published. */
export function VersionView({ published }: { published: Published }) {
  const { w } = useWords()
  const [view, setView] = useState<string>('words')
  const { rule, digest, words } = published
  return (
    <section className="card">
      <SegmentedControl
        aria-label={w.rules.view}
        value={view}
        onChange={setView}
        data={[
          { value: 'words', label: w.rules.words },
          { value: 'tree', label: w.rules.tree },
          { value: 'json', label: w.rules.json },
        ]}
      />
      {view === 'json' ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <pre className="json" tabIndex={0}>
          {JSON.stringify(rule, null, 2)}
        </pre>
      ) : (
        <>
          <h3>{w.rules.conditions}</h3>
          <ul className="tree">
            <Node node={treeOf(words)} rule={rule} sources={view === 'tree'} />
          </ul>
          <Parameters rule={rule} />
          <h3>{w.rules.grants}</h3>
          <p>{w.answer.kinds[rule.entitlement.kind]}</p>
          <h3>{w.answer.clauses}</h3>
          {clausesOf(rule).map((id) => (
            <Clause key={id} id={id} />
          ))}
          <Readings ids={interpretationsOf(rule)} />
        </>
      )}
      <p className="quiet">
        {w.rules.published2}
        {w.common.colon}
        {rule.publishedBy} · {rule.reviewedBy} · {w.rules.digest} <code>{digest}</code>
      </p>
    </section>
  )
}

interface NodeProps {
  readonly node: ReasonNode<LeafWords>
  readonly rule: Published['rule']
  readonly sources: boolean
}

function Node({ node, rule, sources }: NodeProps) {
  const { w, language } = useWords()
  if (node.kind === 'leaf')
    return (
      <li>
        {node.leaf[language]}
        {sources && <Source pointer={node.leaf.condition} rule={rule} />}
      </li>
    )
  return (
    <li>
      <span className="quiet">{headingOf(node.kind, w)}</span>
      <ul>
        {node.children.map((child, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the order of conditions never changes
          <Node key={index} node={child} rule={rule} sources={sources} />
        ))}
      </ul>
    </li>
  )
}

/** Fact, operator, value and what the comparison rests on. */
function Source({ pointer, rule }: { pointer: string; rule: Published['rule'] }) {
  const reading = useReading()
  const leaf = at(rule.conditions, pointer)
  if (leaf === undefined) return null
  const { fact, operator, value, clause, alsoClauses = [] } = leaf
  const { interpretation, alsoInterpretations = [] } = leaf
  return (
    <div className="row quiet">
      <code>
        {fact} {operator} {JSON.stringify(value)}
      </code>
      {[clause, ...alsoClauses].map((id) => id !== undefined && <ClauseLink key={id} id={id} />)}
      {[interpretation, ...alsoInterpretations].map(
        (id) => id !== undefined && <span key={id}>{reading(id)}</span>,
      )}
    </div>
  )
}

function at(condition: unknown, pointer: string): Schemas['LeafCondition'] | undefined {
  let node: unknown = condition
  for (const step of pointer.split('/').slice(1)) node = (node as Record<string, unknown>)?.[step]
  return node as Schemas['LeafCondition'] | undefined
}

function Parameters({ rule }: { rule: Published['rule'] }) {
  const { w } = useWords()
  const named = useParameterName(rule.programme)
  const unitOf = useParameterUnit()
  const parameters = Object.entries(rule.parameters)
  if (parameters.length === 0) return null
  return (
    <>
      <h3>{w.rules.parameters}</h3>
      <Table
        label={w.rules.parameters}
        columns={[w.rules.parameter, w.rules.value, w.rules.clause]}
      >
        {parameters.map(([name, { value, clause }]) => (
          <tr key={name}>
            <th scope="row">{named(name)}</th>
            <td className="number">{quantity(value, unitOf(rule, name), w)}</td>
            <td>
              <ClauseLink id={clause} />
            </td>
          </tr>
        ))}
      </Table>
    </>
  )
}

function ClauseLink({ id }: { id: string }) {
  const { language } = useWords()
  const { data } = useQuery(clause(id))
  return (
    <Link href={`/documents/${data?.document ?? '-'}/${id}`}>{data?.title[language] ?? id}</Link>
  )
}

function Clause({ id }: { id: string }) {
  const { w, language } = useWords()
  const { data } = useQuery(clause(id))
  if (data === undefined) return <p>{id}</p>
  const { quote, paragraph, text, locator, evidence } = data
  return (
    <div>
      <p className="row">
        <ClauseLink id={id} /> <span>{locator}</span>
        <span className="tag">{w.answer.evidence[evidence]}</span>
      </p>
      {quote !== null && (
        <blockquote className="quote" lang="zh-Hans">
          {paragraph === undefined ? <mark>{quote}</mark> : <InPlace {...{ paragraph, quote }} />}
        </blockquote>
      )}
      <p className="quiet">{text[language]}</p>
    </div>
  )
}

function Readings({ ids }: { ids: readonly string[] }) {
  const { w } = useWords()
  const reading = useReading()
  if (ids.length === 0) return null
  return (
    <>
      <h3>{w.answer.interpretations}</h3>
      <ul>
        {ids.map((id) => (
          <li key={id}>{reading(id)}</li>
        ))}
      </ul>
    </>
  )
}

/** How a text is read where it is silent, by the id of the reading. */
function useReading(): (id: string) => string {
  const { language } = useWords()
  const known = useQuery(interpretations).data
  return (id) => known?.find((one) => one.id === id)?.[language] ?? id
}
