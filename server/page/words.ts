// What the page of a graph says, in both languages.

import type { PageTab, PictureNodeKind, TieKind } from '@codeant/shared/picture.ts'

export interface PageWords {
  readonly kinds: Readonly<Record<TieKind, string>>
  readonly things: Readonly<Record<PictureNodeKind, string>>
  readonly by: { readonly file: string; readonly folder: string }
  readonly search: string
  readonly searchKeys: string
  readonly filters: string
  readonly picture: string
  readonly refresh: string
  readonly tabs: Readonly<Record<PageTab, string>>
  readonly languages: string
  readonly ties: string
  readonly onlyAcross: string
  readonly arrange: string
  readonly fit: string
  readonly hint: string
  readonly nothing: string
  readonly arranging: (percent: number) => string
  readonly needs: string
  readonly neededBy: string
  readonly more: (count: number) => string
  readonly shown: (nodes: number, edges: number) => string
  /** `at` is 0 while none of those found is chosen. */
  readonly found: (at: number, all: number) => string
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
    searchKeys: '/ to come here, Enter and Shift+Enter to go from one to the next',
    filters: 'Filters',
    picture: 'The picture: arrow keys move it, + and - change its size, 0 shows all of it',
    refresh: 'Refresh',
    tabs: { picture: 'Picture', plan: 'Hot spots and plan' },
    languages: 'Languages',
    ties: 'Ties',
    onlyAcross: 'only across languages',
    arrange: 'Arrange again',
    fit: 'Show all',
    hint: 'Click a box to see what ties it to others. Drag to move, turn the wheel to come closer.',
    nothing: 'Nothing is left to show with these filters.',
    arranging: percent => `Arranging the boxes … ${percent} %`,
    needs: 'Needs',
    neededBy: 'Is needed by',
    more: count => `… and ${count} more`,
    shown: (nodes, edges) => `${nodes} boxes, ${edges} lines`,
    found: (at, all) => (at > 0 ? `${at} of ${all} found` : `${all} found`),
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
    searchKeys: '/ para venir aquí, Intro y Mayús+Intro para ir de una a otra',
    filters: 'Filtros',
    picture: 'El dibujo: las flechas lo mueven, + y - cambian su tamaño, 0 lo muestra entero',
    refresh: 'Actualizar',
    tabs: { picture: 'Dibujo', plan: 'Puntos calientes y plan' },
    languages: 'Lenguajes',
    ties: 'Lazos',
    onlyAcross: 'solo entre lenguajes',
    arrange: 'Ordenar de nuevo',
    fit: 'Ver todo',
    hint: 'Haz clic en una caja para ver qué la une a otras. Arrastra para mover y gira la rueda para acercarte.',
    nothing: 'Con estos filtros no queda nada que mostrar.',
    arranging: percent => `Ordenando las cajas … ${percent} %`,
    needs: 'Necesita',
    neededBy: 'La necesitan',
    more: count => `… y ${count} más`,
    shown: (nodes, edges) => `${nodes} cajas, ${edges} líneas`,
    found: (at, all) =>
      at > 0 ? `${at} de ${all} encontradas` : `${all} ${all === 1 ? 'encontrada' : 'encontradas'}`,
    files: count => (count === 1 ? '1 archivo' : `${count} archivos`),
    close: 'Cerrar',
  },
}
