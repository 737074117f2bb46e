declare const __BUILT_AT__: string;
declare const __VERSION__: string;
declare const __SPRITE__: string;
