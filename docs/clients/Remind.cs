// Sends one text message by burstd and waits for what becomes of it. .NET Framework 4.6 and later, .NET and Mono; no
// package. Windows reaches the gateway by a tunnel (docs/clients.md), and this asks where that ends.
//
//   Remind NUMBER TEXT CLIENT_REF       BURSTD_URL: http://127.0.0.1:8025 where it is not set
//
// Exit status: 0 Sent Successfully, 1 Send Failed, 2 refused, 3 not handed over, 4 handed over, and no end of it yet.
using System;
using System.Globalization;
using System.IO;
using System.Net.Http;
using System.Runtime.Serialization;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

[DataContract] class CheckRequest
{
    [DataMember(Name = "to")] public string To;
    [DataMember(Name = "text")] public string Text;
}

[DataContract] class MessageRequest
{
    [DataMember(Name = "client_ref")] public string ClientRef;
    [DataMember(Name = "to")] public string To;
    [DataMember(Name = "text")] public string Text;
}

[DataContract] class Check
{
    [DataMember(Name = "verdict")] public string Verdict;
    [DataMember(Name = "segments")] public int Segments;
}

[DataContract] class Item
{
    [DataMember(Name = "id")] public string Id;
    [DataMember(Name = "status")] public string Status;
    [DataMember(Name = "state")] public string State;
    [DataMember(Name = "error")] public string Error;
}

[DataContract] class Fault
{
    [DataMember(Name = "pointer")] public string Pointer;
    [DataMember(Name = "detail")] public string Detail;
}

[DataContract] class Problem
{
    [DataMember(Name = "detail")] public string Detail;
    [DataMember(Name = "retryable")] public bool Retryable;
    [DataMember(Name = "errors")] public Fault[] Errors;
}

// No answer, or one that says: not now. Whether the request was taken is not known.
class Away : Exception
{
    public Away(string why) : base(why) { }
}

// It was understood and will not be done; the same again is refused again.
class Refused : Exception
{
    public Refused(Problem problem) : base(Sentence(problem)) { }

    static string Sentence(Problem problem)
    {
        var all = new StringBuilder(problem.Detail);
        foreach (var fault in problem.Errors) all.Append("\n  " + fault.Pointer + ": " + fault.Detail);
        return all.ToString();
    }
}

class Gateway
{
    readonly HttpClient http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };

    public Gateway(string url)
    {
        http.BaseAddress = new Uri(url);
    }

    public bool Created { get; private set; }

    public T Ask<T>(HttpMethod method, string path, object body = null)
    {
        int status;
        byte[] answer;
        try
        {
            var request = new HttpRequestMessage(method, path);
            if (body != null) request.Content = new StringContent(Write(body), Encoding.UTF8, "application/json");
            var response = Wait(http.SendAsync(request));
            status = (int)response.StatusCode;
            answer = Wait(response.Content.ReadAsByteArrayAsync());
        }
        catch (Exception trouble) when (trouble is HttpRequestException || trouble is OperationCanceledException)
        {
            throw new Away(trouble.Message);
        }
        Created = status == 201;
        if (status < 400) return Read<T>(answer);
        var problem = Read<Problem>(answer);
        if (problem.Retryable) throw new Away(problem.Detail);
        throw new Refused(problem);
    }

    static T Wait<T>(Task<T> task)
    {
        return task.GetAwaiter().GetResult();
    }

    static string Write(object body)
    {
        using (var stream = new MemoryStream())
        {
            new DataContractJsonSerializer(body.GetType()).WriteObject(stream, body);
            return Encoding.UTF8.GetString(stream.ToArray());
        }
    }

    static T Read<T>(byte[] text)
    {
        try
        {
            using (var stream = new MemoryStream(text))
                return (T)new DataContractJsonSerializer(typeof(T)).ReadObject(stream);
        }
        catch (SerializationException trouble)
        {
            throw new Away("what answers there is no gateway: " + trouble.Message);
        }
    }
}

class NotHandedOver : Exception { }

static class Remind
{
    const int Tries = 3; // of handing over

    static int Main(string[] arguments)
    {
        if (arguments.Length != 3)
        {
            Console.Error.WriteLine("usage: Remind NUMBER TEXT CLIENT_REF");
            return 2;
        }
        var gateway = new Gateway(Environment.GetEnvironmentVariable("BURSTD_URL") ?? "http://127.0.0.1:8025");
        try
        {
            return Run(gateway, arguments[0], arguments[1], arguments[2]);
        }
        catch (NotHandedOver)
        {
            Console.WriteLine("not handed over");
            return 3;
        }
        catch (Refused refusal)
        {
            Console.WriteLine("refused: " + refusal.Message);
            return 2;
        }
    }

    static int Run(Gateway gateway, string number, string text, string clientRef)
    {
        var check = new CheckRequest { To = number, Text = text };
        var look = HandOver(() => gateway.Ask<Check>(HttpMethod.Post, "/v1/messages/check", check));
        Console.WriteLine("check: " + look.Verdict + ", " + look.Segments + " segments");
        var message = new MessageRequest { ClientRef = clientRef, To = number, Text = text };
        var item = HandOver(() => gateway.Ask<Item>(HttpMethod.Post, "/v1/messages", message));
        Console.WriteLine(gateway.Created ? "handed over" : "handed over before");
        item = Watch(gateway, item);
        Console.WriteLine(item.Status + (item.Error == null ? "" : ": " + item.Error));
        return item.Status == "Sent Successfully" ? 0 : item.Status == "Send Failed" ? 1 : 4;
    }

    // The same request with the same client_ref until there is an answer: it is taken once however often it comes.
    static T HandOver<T>(Func<T> request)
    {
        for (int attempt = 1; attempt <= Tries; ++attempt)
        {
            try
            {
                return request();
            }
            catch (Away trouble)
            {
                Console.Error.WriteLine("the gateway is away: " + trouble.Message);
                if (attempt < Tries) Thread.Sleep(1000);
            }
        }
        throw new NotHandedOver();
    }

    // Until it is Pending no longer. A gateway that is away now has the message all the same.
    static Item Watch(Gateway gateway, Item item)
    {
        var patience = double.Parse(Environment.GetEnvironmentVariable("BURSTD_PATIENCE") ?? "3600", CultureInfo.InvariantCulture);
        var end = DateTime.UtcNow.AddSeconds(patience);
        string shown = null;
        while (item.Status == "Pending" && DateTime.UtcNow < end)
        {
            if (item.State != shown) Console.WriteLine("Pending (" + item.State + ")");
            shown = item.State;
            Thread.Sleep(500);
            try
            {
                item = gateway.Ask<Item>(HttpMethod.Get, "/v1/clinical-items/" + item.Id);
            }
            catch (Away trouble)
            {
                Console.Error.WriteLine("the gateway is away: " + trouble.Message);
            }
        }
        return item;
    }
}
