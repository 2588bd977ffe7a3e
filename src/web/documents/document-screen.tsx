import { NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Link, useParams } from 'wouter'
import { InPlace } from '../answer/clause-quote.tsx'
import type { Schemas } from '../api/client.ts'
import { clause, documentWithClauses } from '../api/queries.ts'
import { Screen } from '../shell/screen.tsx'
import { Empty, Fetched } from '../shell/states.tsx'
import { useWords } from '../words/use-words.ts'
import { STATUSES } from './documents-screen.tsx'

type Clause = Schemas['ClauseWithVersions']

/** One document: a map of its clauses and each clause with what became of it and why. */
export default function DocumentScreen() {
  const { w, language } = useWords()
  const { id = '' } = useParams()
  const query = useQuery(documentWithClauses(id))
  return (
    <Screen title={query.data?.title[language] ?? w.documents.title}>
      <p>
        <Link href="/documents">← {w.documents.title}</Link>
      </p>
      <Fetched query={query}>{(found) => <Read document={found} />}</Fetched>
    </Screen>
  )
}

function Read({ document: doc }: { document: Schemas['DocumentWithClauses'] }) {
  const { w, language } = useWords()
  const { clause: asked } = useParams()
  const [status, setStatus] = useState('')
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLowerCase()
  const found = doc.clauses.filter(
    (one) =>
      (status === '' || one.status === status) &&
      [one.id, one.locator, one.title[language], one.text[language], one.quote ?? ''].some((text) =>
        text.toLowerCase().includes(wanted),
      ),
  )
  const show = (id: string) => {
    if (found.some((one) => one.id === id)) return
    setStatus('')
    setSearch('')
  }
  useEffect(() => {
    if (asked === undefined) return
    const card = document.getElementById(`c-${asked}`)
    card?.scrollIntoView({ block: 'start' })
    card?.focus({ preventScroll: true })
  }, [asked])
  return (
    <>
      <p>
        {doc.officialTitle} {doc.number}
      </p>
      <p className="quiet">
        {w.documents.issuer}
        {w.common.colon}
        {doc.issuer}
        {doc.signed !== null && ` · ${w.documents.signed}${w.common.colon}${doc.signed}`}
      </p>
      {doc.damage.length > 0 && (
        <details className="more">
          <summary>{w.documents.damage}</summary>
          <ul>
            {doc.damage.map((one) => (
              <li key={one.zh}>{one[language]}</li>
            ))}
          </ul>
        </details>
      )}
      <CoverageMap document={doc} show={show} />
      <div className="fields" style={{ marginTop: '1rem' }}>
        <NativeSelect
          label={w.documents.filter}
          value={status}
          onChange={(event) => setStatus(event.currentTarget.value)}
          data={[
            { value: '', label: w.documents.all },
            ...STATUSES.map((value) => ({
              value,
              label: `${w.documents.status[value]} (${doc.coverage[value]})`,
            })),
          ]}
        />
        <TextInput
          type="search"
          label={w.documents.search}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </div>
      <h2>
        <span role="status">{w.documents.count(found.length)}</span>
      </h2>
      {found.length === 0 && <Empty title={w.common.nothing} help={w.common.nothingHelp} />}
      {found.map((one) => (
        <ClauseCard key={one.id} clause={one} open={one.id === asked} />
      ))}
    </>
  )
}

interface MapProps {
  readonly document: Schemas['DocumentWithClauses']
  /** Sees to it that a clause is among those shown. */
  readonly show: (id: string) => void
}

/** Every clause as a square: a letter and a colour for what became of it. */
function CoverageMap({ document: { id, clauses }, show }: MapProps) {
  const { w, language } = useWords()
  return (
    <>
      <p className="row">
        {STATUSES.map((status) => (
          <span key={status}>
            <strong>{w.documents.status[status].charAt(0)}</strong> {w.documents.status[status]}
          </span>
        ))}
      </p>
      <nav className="map" aria-label={w.documents.table}>
        {clauses.map((one) => (
          <Link
            key={one.id}
            className={`square ${one.status}`}
            href={`/documents/${id}/${one.id}`}
            onClick={() => show(one.id)}
            title={`${one.locator} ${one.title[language]}`}
            aria-label={`${one.locator} ${one.title[language]}${w.common.colon}${w.documents.status[one.status]}`}
          >
            {w.documents.status[one.status].charAt(0)}
          </Link>
        ))}
      </nav>
    </>
  )
}

function ClauseCard({ clause: one, open }: { clause: Clause; open: boolean }) {
  const { w, language } = useWords()
  const programmes = [...new Set(one.versions.map((version) => version.split('@')[0]))]
  return (
    <article className="card" id={`c-${one.id}`} tabIndex={-1}>
      <h3>
        {one.locator} · {one.title[language]}{' '}
        <span className="tag">{w.documents.status[one.status]}</span>
      </h3>
      {one.quote !== null && (
        <blockquote className="quote" lang="zh-Hans">
          {one.quote}
        </blockquote>
      )}
      <p>{one.text[language]}</p>
      {one.why !== undefined && (
        <p>
          <strong>
            {w.documents.why}
            {w.common.colon}
          </strong>
          {one.why[language]}
        </p>
      )}
      {programmes.length > 0 && (
        <p className="row">
          <strong>
            {w.documents.usedBy}
            {w.common.colon}
          </strong>
          {programmes.map((programme) => (
            <Link key={programme} href={`/rules/${programme}`}>
              {programme}
            </Link>
          ))}
        </p>
      )}
      <p className="quiet">
        <code>{one.id}</code> · {w.answer.evidence[one.evidence]}
      </p>
      {open && <Paragraph id={one.id} quote={one.quote} />}
    </article>
  )
}

function Paragraph({ id, quote }: { id: string; quote: string | null }) {
  const { w } = useWords()
  const paragraph = useQuery(clause(id)).data?.paragraph
  if (paragraph === undefined || quote === null) return null
  return (
    <>
      <h4>{w.documents.paragraph}</h4>
      <blockquote className="quote" lang="zh-Hans">
        <InPlace paragraph={paragraph} quote={quote} />
      </blockquote>
    </>
  )
}
