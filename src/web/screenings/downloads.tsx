import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { Asking } from '../api/client.ts'
import { fileOf, type Screening } from '../api/screenings.ts'
import { failureText } from '../shell/failure-text.ts'
import { useWords } from '../words/use-words.ts'

const FORMATS = { csv: 'CSV', parquet: 'Parquet', ndjson: 'NDJSON' } as const

/** The files of a screening, saved with the right of the one who asks. */
export function Downloads({ asking, screening }: { asking: Asking; screening: Screening }) {
  const { w } = useWords()
  const words = w.screenings.downloads
  const { id, counts } = screening
  const download = useMutation({
    mutationFn: async ({ what, name }: { what: string; name: string }) =>
      save(await fileOf(asking, id, what), name),
  })
  const button = (what: string, name: string, label: string) => (
    <Button
      key={what}
      variant="default"
      disabled={download.isPending}
      onClick={() => download.mutate({ what, name: `screening-${id}${name}` })}
    >
      {label}
    </Button>
  )
  return (
    <section>
      <h2>{words.title}</h2>
      <p className="quiet">{words.help}</p>
      <div className="row">
        {Object.entries(FORMATS).map(([format, name]) =>
          button(`results?format=${format}`, `.${format}`, words.results(name)),
        )}
        {counts !== null &&
          counts.faults > 0 &&
          button('rejects', '-rejects.ndjson', words.rejects)}
      </div>
      <p role="status">{download.isPending ? words.working : ''}</p>
      {download.error !== null && <p role="alert">{failureText(download.error, w)}</p>}
    </section>
  )
}

/** Hands a file to the browser: a link cannot carry a token. */
function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
