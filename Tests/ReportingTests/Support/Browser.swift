import Foundation
import Testing

/// What a page looks like to Chromium, without a window.
struct Browser: Decodable {
    var dark: Bool
    var isStyled: Bool
    var scrollWidth: Int
    var clientWidth: Int
    /// Elements that end to the right of the page.
    var beyond: [String]
    /// How many texts were looked at.
    var texts: Int
    /// Texts that stand out too little from their ground.
    var faint: [String]
    var leastContrast: Double
    var scripts: Int
    /// What can be reached by keyboard, and what should be and can't.
    var tabStops: Int
    var unfocusable: Int
    /// What went to the browser's console.
    var complaints: [String] = []

    private enum CodingKeys: CodingKey {
        case dark
        case isStyled
        case scrollWidth
        case clientWidth
        case beyond
        case texts
        case faint
        case leastContrast
        case scripts
        case tabStops
        case unfocusable
    }

    /// Opens the page in a frame of that width, every part of it unfolded.
    static func look(at page: String, width: Int, dark: Bool) throws -> Browser {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sechan-page-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(page.utf8).write(to: folder.appendingPathComponent("report.html"))
        let frame = folder.appendingPathComponent("frame.html")
        try Data(harness(width: width).utf8).write(to: frame)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "timeout", "120", "chromium-headless-shell", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--no-proxy-server", "--allow-file-access-from-files", "--enable-logging=stderr",
            "--virtual-time-budget=20000",
            "--window-size=\(max(width, 500)),1000", "--user-data-dir=\(folder.path)/profile",
            "--blink-settings=preferredColorScheme=\(dark ? 0 : 1)", "--dump-dom", "file://\(frame.path)",
        ]
        process.environment = ["HOME": folder.path, "PATH": "/usr/bin:/bin"]
        process.standardInput = FileHandle.nullDevice
        let files = ["out", "err"].map { folder.appendingPathComponent($0) }
        for file in files { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        try process.run()
        process.waitUntilExit()
        let document = try String(contentsOf: files[0], encoding: .utf8)
        let log = try String(contentsOf: files[1], encoding: .utf8)
        try #require(process.terminationStatus == 0, "chromium-headless-shell: \(log.suffix(1_000))")
        let match = try #require(
            document.firstMatch(of: /<pre id="out">([^<]*)<\/pre>/),
            "\(document.prefix(400))\(log.suffix(1_000))"
        )
        let json = String(match.1).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing(
            "&amp;",
            with: "&"
        )
        var browser = try JSONDecoder().decode(Browser.self, from: Data(json.utf8))
        browser.complaints = log.split(separator: "\n").map(String.init).filter {
            $0.contains("CONSOLE") || $0.contains("Refused") || $0.contains("violates")
        }
        return browser
    }

    /// A page of our own around the one that is looked at: that one's policy forbids scripts, and is to stay in force.
    private static func harness(width: Int) -> String {
        """
        <!DOCTYPE html><html><head><meta charset="utf-8"><style>:root{color-scheme:light dark}body{margin:0}
        iframe{border:0;width:\(width)px;height:900px}</style></head><body><pre id="out"></pre>
        <script>
        function luminance(c){return c.map(v=>{v/=255;return v<=.03928?v/12.92:Math.pow((v+.055)/1.055,2.4)})
          .reduce((s,v,i)=>s+v*[.2126,.7152,.0722][i],0)}
        function colour(text){const m=text.match(/[0-9.]+/g);return m?m.map(Number):null}
        function contrast(a,b){const x=luminance(a.slice(0,3)),y=luminance(b.slice(0,3));
          return (Math.max(x,y)+.05)/(Math.min(x,y)+.05)}
        function look(frame){
          const d=frame.contentDocument,w=frame.contentWindow,root=d.documentElement
          d.querySelectorAll('details').forEach(e=>e.open=true)
          const ground=colour(w.getComputedStyle(d.body).backgroundColor)
          const out={dark:w.matchMedia('(prefers-color-scheme: dark)').matches,
            isStyled:w.getComputedStyle(d.body).marginTop==='0px',scrollWidth:root.scrollWidth,clientWidth:root.clientWidth,
            beyond:[],texts:0,faint:[],leastContrast:99,scripts:d.scripts.length,tabStops:0,unfocusable:0}
          for(const e of d.querySelectorAll('main *')){
            const r=e.getBoundingClientRect()
            if(r.width>1&&r.right>root.clientWidth+1&&out.beyond.length<9)out.beyond.push(e.tagName+'.'+e.className+' '+r.right)
          }
          const walker=d.createTreeWalker(d.body,NodeFilter.SHOW_TEXT)
          while(walker.nextNode()){
            const node=walker.currentNode,e=node.parentElement
            if(!node.data.trim()||['TITLE','DESC','STYLE'].includes(e.tagName.toUpperCase()))continue
            const style=w.getComputedStyle(e),isDrawn=e instanceof w.SVGElement
            let front=colour(isDrawn?style.fill:style.color),backs=[]
            if(isDrawn){
              const box=e.parentElement.querySelector('rect')
              backs.push(box?colour(w.getComputedStyle(box).fill):ground)
            }else{
              let p=e
              while(p){const b=colour(w.getComputedStyle(p).backgroundColor);if(b&&(b.length<4||b[3]>0)){backs.push(b);break}p=p.parentElement}
              if(!backs.length)backs.push(ground)
            }
            out.texts++
            for(const b of backs){
              const c=contrast(front,b)
              out.leastContrast=Math.min(out.leastContrast,c)
              if(c<4.5&&out.faint.length<9)out.faint.push(e.tagName+'.'+(e.getAttribute('class')||'')+' '+c.toFixed(2)+' '+node.data.slice(0,30))
            }
          }
          for(const e of d.querySelectorAll('a[href],summary')){
            e.focus()
            if(d.activeElement===e)out.tabStops++;else out.unfocusable++
          }
          return out
        }
        const frame=document.createElement('iframe')
        frame.onload=()=>{
          let text
          try{text=JSON.stringify(look(frame))}catch(error){text=String(error.stack)}
          document.getElementById('out').textContent=text
        }
        frame.src='report.html'
        document.body.append(frame)
        </script></body></html>
        """
    }
}
