/**
 * What a run had too little of, in the words of DuckDB or of the operating system; undefined for
 * any other fault.
 */
export function shortageOf(error: unknown): 'memory' | 'disk' | undefined {
  const { code, message = '' } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || /no space left|max_temp_directory_size/i.test(message)) return 'disk'
  return message.startsWith('Out of Memory Error') ? 'memory' : undefined
}
