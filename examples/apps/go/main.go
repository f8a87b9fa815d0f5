// Clock says what an instant is called in a time zone.
package main

import (
	"embed"
	"flag"
	"html/template"
	"log"
	"net/http"
	"os"
	"strconv"
	"time"
)

//go:embed page.html
var files embed.FS

var page = template.Must(template.ParseFS(files, "page.html"))

func show(w http.ResponseWriter, r *http.Request) {
	zone, err := time.LoadLocation(r.URL.Query().Get("zone"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	seconds, _ := strconv.ParseInt(r.URL.Query().Get("at"), 10, 64)
	page.Execute(w, time.Unix(seconds, 0).In(zone).Format(time.RFC1123))
}

func main() {
	listen := flag.String("listen", ":8080", "where to listen")
	flag.Parse()
	if _, err := os.Stat("/etc/ssl/certs/ca-certificates.crt"); err != nil {
		log.Fatal("no certificates: ", err)
	}
	http.HandleFunc("/", show)
	log.Print("listening on ", *listen)
	log.Fatal(http.ListenAndServe(*listen, nil))
}
