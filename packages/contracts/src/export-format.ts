import { z } from 'zod';

/** What a network can be taken out as; each is one archive of files. */
export const exportFormats = ['architecture', 'safetensors', 'pytorch', 'onnx', 'tfjs'] as const;
export const exportFormat = z.enum(exportFormats);
export type ExportFormat = z.infer<typeof exportFormat>;
