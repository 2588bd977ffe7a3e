import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from 'wouter'
import type { Asking } from '../api/client.ts'
import { type Screening, screenings } from '../api/screenings.ts'
import { BehindSignIn } from '../shell/behind-sign-in.tsx'
import { FetchedByRight } from '../shell/fetched-by-right.tsx'
import { Screen } from '../shell/screen.tsx'
import { Table } from '../shell/table.tsx'
import { beijing } from '../words/beijing.ts'
import { useWords } from '../words/use-words.ts'
import { countWord } from './in-words.ts'
import { StatusMark } from './status-mark.tsx'
import { UploadForm } from './upload-form.tsx'

/** Registers: a new one, and those of the last day. */
export default function ScreeningsScreen() {
  const { w } = useWords()
  return (
    <Screen title={w.screenings.title}>
      <p className="lead">{w.screenings.lead}</p>
      <BehindSignIn help={w.screenings.signedOutHelp}>
        {(asking) => <Screenings asking={asking} />}
      </BehindSignIn>
    </Screen>
  )
}

function Screenings({ asking }: { asking: Asking }) {
  const { w } = useWords()
  const [, go] = useLocation()
  const query = useQuery(screenings(asking))
  return (
    <FetchedByRight query={query} scopes="audit">
      {(items) => (
        <>
          <UploadForm asking={asking} started={(id) => go(`/screenings/${id}`)} />
          <h2>{w.screenings.list.title}</h2>
          {items.length === 0 ? <p>{w.screenings.list.none}</p> : <List items={items} />}
        </>
      )}
    </FetchedByRight>
  )
}

function List({ items }: { items: readonly Screening[] }) {
  const { w } = useWords()
  const words = w.screenings.list
  return (
    <Table
      label={words.title}
      className="dated"
      columns={[words.started, words.status, words.asOf, words.households]}
    >
      {items.map((one) => (
        <tr key={one.id}>
          <td>
            <Link href={`/screenings/${one.id}`} aria-label={words.open(beijing(one.createdAt))}>
              {beijing(one.createdAt)}
            </Link>
          </td>
          <td>
            <StatusMark status={one.status} />
          </td>
          <td>{one.asOf}</td>
          <td className="number">{countWord(one.lines)}</td>
        </tr>
      ))}
    </Table>
  )
}
