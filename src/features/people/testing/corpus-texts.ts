import iconv from 'iconv-lite';
import type { CorpusFile } from './corpus-file';

const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));
const encoded = (text: string, encoding: string, mark = false) => (): Uint8Array => new Uint8Array(iconv.encode(text, encoding, { addBOM: mark }));
const join = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

const plainText = 'Name,E-mail,Function\nJürgen Groß,jg@example.org,Vertrieb\nAnaïs Léger,al@example.org,marketing\n';
const both = { 2: { name: 'Jürgen Groß', function: 'sales' }, 3: { name: 'Anaïs Léger', function: 'marketing' } };
const western = 'Name;E-mail\nJürgen Groß – “Jo” €;jg@example.org\n';
const rows = (...lines: string[]) => lines.join('\n') + '\n';
const two = (delimiter: string) => rows(['Name', 'E-mail', 'Site'].join(delimiter), ['Ann', 'ann@example.org', 'Lyon'].join(delimiter), ['Bob', 'bob@example.org', ''].join(delimiter));

const encodings: CorpusFile[] = [
  { name: 'UTF-8', bytes: () => utf8(plainText), expected: { new: 2, encoding: 'utf-8', delimiter: ',', people: both } },
  { name: 'UTF-8 with mark', bytes: encoded(plainText, 'utf-8', true), expected: { new: 2, encoding: 'utf-8', people: both } },
  { name: 'UTF-16 little-endian with mark', bytes: encoded(plainText, 'utf-16le', true), expected: { new: 2, encoding: 'utf-16le', people: both } },
  { name: 'UTF-16 big-endian with mark', bytes: encoded(plainText, 'utf-16be', true), expected: { new: 2, encoding: 'utf-16be', people: both } },
  { name: 'UTF-16 little-endian without mark', bytes: encoded(plainText, 'utf-16le'), expected: { new: 2, encoding: 'utf-16le', people: both } },
  { name: 'UTF-16 big-endian without mark', bytes: encoded(plainText, 'utf-16be'), expected: { new: 2, encoding: 'utf-16be', people: both } },
  { name: 'UTF-16 tab-separated, as Excel saves "Unicode text"', bytes: encoded(two('\t').replaceAll('\n', '\r\n'), 'utf-16le', true), expected: { new: 2, encoding: 'utf-16le', delimiter: '\t' } },
  { name: 'UTF-16 cut in the middle of a character', bytes: () => encoded(plainText.trimEnd() + 'x', 'utf-16le', true)().subarray(0, -1), expected: { new: 2, encoding: 'utf-16le', table: ['damaged_characters'] } },
  { name: 'UTF-32 with mark', bytes: encoded(plainText, 'utf-32le', true), expected: { new: 2, encoding: 'utf-32le', people: both } },
  { name: 'Windows-1252', bytes: encoded(western, 'windows-1252'), expected: { new: 1, encoding: 'windows-1252', delimiter: ';', people: { 2: { name: 'Jürgen Groß – “Jo” €' } } } },
  {
    name: 'UTF-8 and Windows-1252 glued together',
    bytes: () => join(utf8('name,email\nJürgen,j@example.org\n'), encoded('Anaïs,a@example.org\n', 'windows-1252')()),
    expected: { new: 2, table: ['mixed_encodings'], people: { 2: { name: 'Jürgen' }, 3: { name: 'Anaïs' } } },
  },
  { name: 'marks in the middle, from files put together', bytes: () => join(encoded('name,email\nAnn,a@example.org\n', 'utf-8', true)(), encoded('Bob,b@example.org\n', 'utf-8', true)()), expected: { new: 2, people: { 3: { name: 'Bob' } } } },
  { name: 'replacement characters left by another program', bytes: () => utf8('name,email\nJ\uFFFDrgen,j@example.org\n'), expected: { new: 1, table: ['damaged_characters'] } },
  { name: 'NUL bytes', bytes: () => utf8('name,email\nA\0nn,ann@example.org\0\n'), expected: { new: 1, table: ['nul_removed'], people: { 2: { name: 'Ann', key: 'ann@example.org' } } } },
];

const delimiters: CorpusFile[] = [
  { name: 'semicolons', bytes: () => utf8(two(';')), expected: { new: 2, delimiter: ';' } },
  { name: 'tabs', bytes: () => utf8(two('\t')), expected: { new: 2, delimiter: '\t' } },
  { name: 'bars', bytes: () => utf8(two('|')), expected: { new: 2, delimiter: '|' } },
  { name: "Excel's own first line", bytes: () => utf8('sep=;\r\nName;E-mail\r\nAnn;ann@example.org\r\n'), expected: { new: 1, delimiter: ';', people: { 3: { name: 'Ann' } } } },
  { name: 'semicolons, with commas inside the names', bytes: () => utf8(rows('Name;E-mail', 'Lee, Ann;ann@example.org', 'Roe, Bob;bob@example.org')), expected: { new: 2, delimiter: ';', people: { 2: { name: 'Ann Lee' } } } },
  { name: 'one column', bytes: () => utf8(rows('E-mail', 'ann.lee@example.org')), expected: { new: 1, rows: ['name_from_email'], people: { 2: { name: 'Ann Lee' } } } },
  { name: 'CRLF', bytes: () => utf8(two(',').replaceAll('\n', '\r\n')), expected: { new: 2 } },
  { name: 'bare CR', bytes: () => utf8(two(',').replaceAll('\n', '\r')), expected: { new: 2, people: { 3: { name: 'Bob' } } } },
  { name: 'CR, LF and CRLF mixed', bytes: () => utf8('name,email\rAnn,a@example.org\nBob,b@example.org\r\nCy,c@example.org'), expected: { new: 3, people: { 4: { name: 'Cy' } } } },
  { name: 'no line end at the end', bytes: () => utf8(two(',').trimEnd()), expected: { new: 2 } },
  { name: 'blank lines and lines of delimiters', bytes: () => utf8('name,email\n\n,,\nAnn,a@example.org\n   \n,\n'), expected: { new: 1, people: { 4: { name: 'Ann' } } } },
  { name: 'a title and a date above the headings', bytes: () => utf8('Staff list;;\nas of 1 May;;\n\nName;E-Mail;Abteilung\nAnn;a@example.org;PR\n'), expected: { new: 1, people: { 5: { department: 'PR' } } } },
  { name: 'a delimiter at every line end', bytes: () => utf8('name,email,\nAnn,a@example.org,\n'), expected: { new: 1 } },
  { name: 'cells padded with spaces', bytes: () => utf8('name , email \n  Ann  ,  a@example.org  \n'), expected: { new: 1, people: { 2: { name: 'Ann', key: 'a@example.org' } } } },
];

const languages: CorpusFile[] = [
  {
    name: 'German headings and words',
    bytes: () => utf8('Nachname;Vorname;E-Mail-Adresse;Funktion;Hierarchieebene;Verkaufsgebiet;Vorgesetzter;Eintrittsdatum;In der anderen Funktion gearbeitet;Abteilung;Standort\nGroß;Jürgen;jg@example.org;Vertrieb;Leitung;Süd;;01.02.2019;ja;Außendienst;Ulm\nAhn;Eva;ea@example.org;Vertrieb;Mitarbeiterin;Süd;Jürgen Groß;15.3.2021;nein;Außendienst;Ulm\n'),
    expected: { new: 2, people: { 2: { name: 'Jürgen Groß', function: 'sales', level: 'leader', territory: 'Süd', startDate: '2019-02-01', workedInOtherFunction: true, site: 'Ulm' }, 3: { managerKey: 'jg@example.org', level: 'front_line' } } },
  },
  {
    name: 'Dutch headings and words',
    bytes: () => utf8('Achternaam;Voornaam;E-mailadres;Functie;Niveau;Regio;Leidinggevende;Datum in dienst;Afdeling;Vestiging\nde Vries;Anna;av@example.org;Verkoop;Teamleider;Noord;;3-12-2019;Buitendienst;Zwolle\nBos;Jan;jb@example.org;Marketing;Medewerker;Noord;av@example.org;17-2-2020;Campagnes;Zwolle\n'),
    expected: { new: 2, people: { 2: { name: 'Anna de Vries', function: 'sales', level: 'manager', startDate: '2019-12-03' }, 3: { function: 'marketing', level: 'front_line', startDate: '2020-02-17', managerKey: 'av@example.org' } } },
  },
  {
    name: 'French headings and words',
    bytes: () => utf8("Nom;Prénom;Courriel;Fonction;Niveau hiérarchique;Secteur;N+1;Date d'embauche;A travaillé dans l'autre fonction;Service;Lieu de travail\nLéger;Anaïs;al@example.org;Ventes;Responsable;Ouest;;1er mars 2018;oui;Grands comptes;Nantes\nRoux;Luc;lr@example.org;Direction générale;Dirigeant;;;;non;Siège;Paris\n"),
    expected: { new: 2, people: { 2: { name: 'Anaïs Léger', function: 'sales', level: 'manager', startDate: '2018-03-01', workedInOtherFunction: true }, 3: { function: 'leadership', level: 'leader', workedInOtherFunction: false } } },
  },
  {
    name: 'Spanish headings and words',
    bytes: () => utf8('Nombre;Apellidos;Correo electrónico;Función;Nivel;Zona de ventas;Jefe directo;Fecha de alta;Departamento;Sede\nInés;Gil Ruiz;ig@example.org;Ventas;Jefa de equipo;Este;;4 de marzo de 2020;Comercial;Valencia\nPau;Mas;pm@example.org;Mercadotecnia;Empleado;Este;Inés Gil Ruiz;;Marca;Valencia\n'),
    expected: { new: 2, people: { 2: { name: 'Inés Gil Ruiz', function: 'sales', level: 'manager', startDate: '2020-03-04' }, 3: { function: 'marketing', level: 'front_line', managerKey: 'ig@example.org' } } },
  },
];

export const corpusOfTexts: readonly CorpusFile[] = [...encodings, ...delimiters, ...languages];
