import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { Asking } from '../api/client.ts'
import { firstRejects, type Reject, type Screening } from '../api/screenings.ts'
import { failureText } from '../shell/failure-text.ts'
import { Table } from '../shell/table.tsx'
import { useWords } from '../words/use-words.ts'
import { countWord } from './in-words.ts'

/** As many as somebody reads on a page. */
const MOST = 200

/** The faults of the register, shown when asked for: each look is noted. */
export function RejectsTable({ asking, screening }: { asking: Asking; screening: Screening }) {
  const { w } = useWords()
  const words = w.screenings.rejects
  const { id, counts } = screening
  const found = useMutation({ mutationFn: () => firstRejects(asking, id, MOST) })
  if (counts === null) return null
  return (
    <section>
      <h2>{words.title}</h2>
      {counts.faults === 0 ? (
        <p>{words.none}</p>
      ) : (
        <>
          <p>{words.counts(countWord(counts.rejected), countWord(counts.faults))}</p>
          {found.data === undefined ? (
            <Button variant="default" loading={found.isPending} onClick={() => found.mutate()}>
              {words.show}
            </Button>
          ) : (
            <Faults rejects={found.data} all={counts.faults} />
          )}
          {found.error !== null && <p role="alert">{failureText(found.error, w)}</p>}
        </>
      )}
    </section>
  )
}

function Faults({ rejects, all }: { rejects: readonly Reject[]; all: number }) {
  const { w, language } = useWords()
  const words = w.screenings.rejects
  return (
    <>
      {all > rejects.length && <p className="quiet">{words.first(rejects.length)}</p>}
      <Table label={words.title} columns={[words.file, words.line, words.place, words.reason]}>
        {rejects.map(({ file, line, pointer, code, reason, reasonZh }) => (
          <tr key={`${file} ${line} ${pointer} ${code}`}>
            <td>{file}</td>
            <td className="number">{line}</td>
            <td>{pointer === '' ? words.whole : <code>{pointer}</code>}</td>
            <td>{language === 'zh' ? reasonZh : reason}</td>
          </tr>
        ))}
      </Table>
    </>
  )
}
