/// The page's style sheet. The policy of the page allows this sheet by its hash and no other.
enum HTMLStyle {
    /// SHA-256 of `sheet` in base 64, as a Content-Security-Policy has it; a test holds the two together.
    static let hash = "sha256-JtxSCTkITVry1dMO5zsF4TcYnQjF2ia6J23NStn0SdU="

    /// Colours keep a contrast of 4.5 and more on both of their grounds (WCAG 2 AA); words carry what colours mean.
    static let sheet =
        """
        :root{--bg:#fff;--panel:#f6f8fa;--line:#d1d9e0;--text:#1f2328;--faint:#59636e;--link:#0757b8;\
        --good:#116329;--weak:#7d4e00;--low:#5c5500;--bad:#b3261e;--open:#4b5563}
        @media(prefers-color-scheme:dark){:root{--bg:#0d1117;--panel:#161b22;--line:#3d444d;--text:#e6edf3;--faint:#a3adb8;\
        --link:#79b8ff;--good:#56d364;--weak:#e3b341;--low:#d2c057;--bad:#ff8f8a;--open:#b1bac4}}
        *{box-sizing:border-box}
        html{scroll-padding-top:1rem}
        body{margin:0;background:var(--bg);color:var(--text);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,\
        "Noto Sans",sans-serif;overflow-wrap:anywhere}
        main,.page{max-width:66rem;margin:0 auto;padding:0 1.25rem}
        header.page{padding-top:1.25rem}footer.page{padding:2rem 1.25rem 3rem;color:var(--faint);font-size:.875rem}
        .brand{margin:0;font-weight:700;letter-spacing:.02em}.brand span{font-weight:400;color:var(--faint)}
        h1{font-size:1.75rem;line-height:1.25;margin:.75rem 0 .25rem}
        h2{font-size:1.2rem;margin:2.25rem 0 .6rem;padding-bottom:.3rem;border-bottom:1px solid var(--line)}
        p{margin:.4rem 0}a{color:var(--link)}
        article+article{margin-top:3.5rem;padding-top:1.5rem;border-top:4px solid var(--line)}
        .meta,.faint{color:var(--faint)}.meta{margin:0 0 1rem}
        code,pre,dd{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.875em}
        pre{overflow-wrap:anywhere;white-space:pre-wrap}
        .skip{position:absolute;left:.5rem;top:-4rem;padding:.5rem 1rem;background:var(--panel);border:2px solid var(--link)}
        .skip:focus{top:.5rem}
        :focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:4px}
        .verdict{background:var(--panel);border:1px solid var(--line);border-left:.5rem solid var(--open);border-radius:10px;\
        padding:.9rem 1.25rem}
        .verdict.good{border-left-color:var(--good)}.verdict.weak{border-left-color:var(--weak)}\
        .verdict.bad{border-left-color:var(--bad)}
        .word{font-size:1.35rem;font-weight:700;margin:0}.word::first-letter{text-transform:uppercase}
        .good .word{color:var(--good)}.weak .word{color:var(--weak)}.bad .word{color:var(--bad)}.open .word{color:var(--open)}
        .tags{display:flex;flex-wrap:wrap;gap:.4rem}
        .tag{display:inline-block;border:1px solid currentColor;border-radius:1rem;padding:0 .6rem;font-size:.8125rem;\
        line-height:1.5rem;font-weight:600;background:var(--bg);color:var(--open)}
        .tag.good,span.good{color:var(--good)}.tag.weak,span.weak{color:var(--weak)}.tag.low{color:var(--low)}\
        .tag.bad,span.bad{color:var(--bad)}span.strong{font-weight:700}
        details{background:var(--panel);border:1px solid var(--line);border-radius:8px;margin:.5rem 0;padding:0 1rem}
        details[open]{padding-bottom:.75rem}
        summary{cursor:pointer;padding:.6rem 0;font-weight:600}
        summary::marker{color:var(--faint)}
        ul.plain,ul.seen{list-style:none;margin:.2rem 0;padding:0}
        ul.seen{display:flex;flex-wrap:wrap;gap:.35rem}
        .seen code{display:inline-block;background:var(--bg);border:1px solid var(--line);border-radius:6px;padding:0 .45rem}
        h3{font-size:1rem;margin:1.1rem 0 .2rem}
        table{border-collapse:collapse;width:100%;margin:.5rem 0;font-size:.9375rem}
        caption{text-align:left;color:var(--faint);font-size:.875rem;padding:.2rem 0}
        th,td{text-align:left;vertical-align:top;padding:.4rem .9rem .4rem 0;border-bottom:1px solid var(--line)}
        th{color:var(--faint);font-weight:600;font-size:.8125rem}
        td .tag{white-space:nowrap}
        dl{margin:0}dl>div{display:grid;grid-template-columns:11rem 1fr;gap:.2rem 1rem;padding:.2rem 0}
        dt{color:var(--faint)}dd{margin:0}
        .grade b{font-size:2.5rem;line-height:1.1;margin-right:.5rem}
        figure{margin:.5rem 0}
        .drawing{display:block;width:100%;max-width:34rem;height:auto;font:12px system-ui,sans-serif}
        .drawing text{fill:var(--text)}.drawing .small{fill:var(--faint);font-size:11px}.drawing .end{font-weight:700}
        .drawing line{stroke:var(--faint);stroke-width:1.5}.drawing .life{stroke:var(--line);stroke-dasharray:4 4}
        .sent line{stroke:var(--link)}.sent polygon{fill:var(--link)}
        .received line{stroke:var(--good)}.received polygon{fill:var(--good)}
        .box rect{fill:var(--panel);stroke:var(--open);stroke-width:1.5}.box.good rect{stroke:var(--good)}\
        .box.weak rect{stroke:var(--weak)}.box.bad rect{stroke:var(--bad)}.box.local rect{stroke-dasharray:5 4}
        @media(max-width:44rem){
        h1{font-size:1.4rem}.seen code{font-size:.78em}
        table.fold,.fold tbody,.fold tr,.fold td{display:block;width:100%}
        .fold thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        .fold tr{border:1px solid var(--line);border-radius:8px;padding:.4rem .8rem;margin:.5rem 0;background:var(--bg)}
        .fold td{border:0;padding:.2rem 0;display:grid;grid-template-columns:6.5rem 1fr;gap:.6rem}
        .fold td::before{content:attr(data-label);color:var(--faint);font-size:.8125rem;font-weight:600}
        .fold td>*{justify-self:start}
        dl>div{grid-template-columns:1fr;gap:0;padding:.3rem 0}
        }
        @media print{
        :root{--bg:#fff;--panel:#fff;--line:#999;--text:#000;--faint:#444;--link:#000;--good:#063;--weak:#640;--low:#440;--bad:#900;\
        --open:#333}
        body{font-size:10pt}.skip{display:none}main,.page{max-width:none}
        details,tr,figure{break-inside:avoid}h2{break-after:avoid}
        }
        @media(prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
        """
}
