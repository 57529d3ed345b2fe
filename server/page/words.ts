// What the page of a graph says, in both languages.

import type { PictureNodeKind, TieKind } from '@codeant/shared/picture.ts'

export interface PageWords {
  readonly kinds: Readonly<Record<TieKind, string>>
  readonly things: Readonly<Record<PictureNodeKind, string>>
  readonly by: { readonly file: string; readonly folder: string }
  readonly search: string
  readonly languages: string
  readonly ties: string
  readonly onlyAcross: string
  readonly arrange: string
  readonly fit: string
  readonly hint: string
  readonly nothing: string
  readonly needs: string
  readonly neededBy: string
  readonly more: (count: number) => string
  readonly shown: (nodes: number, edges: number) => string
  readonly files: (count: number) => string
  readonly close: string
}

export const WORDS: Readonly<Record<'en' | 'es', PageWords>> = {
  en: {
    kinds: {
      import: 'imports',
      call: 'calls of routes',
      foreign: 'foreign functions',
      message: 'messages',
      table: 'tables',
      variable: 'environment',
    },
    things: { file: 'file', folder: 'folder', topic: 'topic', table: 'table', variable: 'variable' },
    by: { file: 'Files', folder: 'Folders' },
    search: 'Search a path or a name',
    languages: 'Languages',
    ties: 'Ties',
    onlyAcross: 'only across languages',
    arrange: 'Arrange again',
    fit: 'Show all',
    hint: 'Click a box to see what ties it to others. Drag to move, turn the wheel to come closer.',
    nothing: 'Nothing is left to show with these filters.',
    needs: 'Needs',
    neededBy: 'Is needed by',
    more: count => `… and ${count} more`,
    shown: (nodes, edges) => `${nodes} boxes, ${edges} lines`,
    files: count => (count === 1 ? '1 file' : `${count} files`),
    close: 'Close',
  },
  es: {
    kinds: {
      import: 'importaciones',
      call: 'llamadas a rutas',
      foreign: 'funciones de otro lenguaje',
      message: 'mensajes',
      table: 'tablas',
      variable: 'entorno',
    },
    things: { file: 'archivo', folder: 'carpeta', topic: 'tema', table: 'tabla', variable: 'variable' },
    by: { file: 'Archivos', folder: 'Carpetas' },
    search: 'Busca una ruta o un nombre',
    languages: 'Lenguajes',
    ties: 'Lazos',
    onlyAcross: 'solo entre lenguajes',
    arrange: 'Ordenar de nuevo',
    fit: 'Ver todo',
    hint: 'Haz clic en una caja para ver qué la une a otras. Arrastra para mover y gira la rueda para acercarte.',
    nothing: 'Con estos filtros no queda nada que mostrar.',
    needs: 'Necesita',
    neededBy: 'La necesitan',
    more: count => `… y ${count} más`,
    shown: (nodes, edges) => `${nodes} cajas, ${edges} líneas`,
    files: count => (count === 1 ? '1 archivo' : `${count} archivos`),
    close: 'Cerrar',
  },
}
