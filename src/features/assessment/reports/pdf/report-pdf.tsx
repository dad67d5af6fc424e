import { Document, renderToBuffer } from '@react-pdf/renderer';
import type { ReportContext } from '../request';
import { ChangePages, CommentPages, MethodPages } from './back-pages';
import { registerFonts } from '../../../../platform/pdf/fonts';
import { Cover, Overview } from './front-pages';
import { ToolPages, WorldviewPages } from './tool-pages';

/** The whole report on A4: cover, three steps, worldview, each tool, change, comments, method. */
export const reportPdf = async (context: ReportContext): Promise<Uint8Array> => {
  registerFonts();
  const { texts } = context;
  return renderToBuffer(
    <Document title={`${texts.t('title.report')}: ${context.workspaceName}`} creator="Lockstep" producer="Lockstep" language={texts.locale}>
      <Cover {...context} />
      <Overview {...context} />
      <WorldviewPages {...context} />
      <ToolPages {...context} />
      <ChangePages {...context} />
      <CommentPages {...context} />
      <MethodPages {...context} />
    </Document>,
  );
};
